import { existsSync, readFileSync } from 'node:fs';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { Vitals } from './vitals.js';

describe('send', () => {
  const vitals = new Vitals();
  const { directory } = vitals.tmux;
  beforeAll(async () => {
    await vitals.tmux.begin();
  });
  afterAll(() => vitals.stop());

  /** Starts a session that writes what it is sent, byte for byte, to a file. */
  async function startRecorder(id: string): Promise<() => string> {
    const file = directory.file(id);
    await vitals.spawn(id, `stty -icanon -icrnl; exec cat >${file}`);
    await waitFor('the recorder', () => existsSync(file));
    return () => readFileSync(file, 'utf8');
  }

  it('types the one argument after the id, whatever it looks like', async () => {
    const read = await startRecorder('verbatim');
    const texts = ['--help', '', 'ä→🙂 ; $(touch canary) #(touch canary)'];
    for (const text of texts) {
      const ended = await vitals.run(['send', 'verbatim', text]);
      expect({ text, ...ended }).toEqual({ text, stdout: '', stderr: '', code: 0, signal: null });
    }
    await waitFor('all of it', () => read() === texts.map((text) => `${text}\r`).join(''));
    expect(existsSync(directory.file('canary'))).toBe(false);
  });

  it('takes what stands behind -- for the id and the text, and for no option', async () => {
    const read = await startRecorder('behind');
    await vitals.do('send', '--no-enter', '--', 'behind', '--one');
    await vitals.do('send', '--no-enter', 'behind', '--', '--two');
    await waitFor('all of it', () => read() === '--one--two');
  });

  it('leaves Enter out where it is told so, before or behind', async () => {
    const read = await startRecorder('no-enter');
    await vitals.do('send', '--no-enter', 'no-enter', 'a');
    await vitals.do('send', 'no-enter', 'b', '--no-enter');
    await vitals.do('send', '--home', vitals.home, 'default/no-enter', 'c');
    await waitFor('all of it', () => read() === 'abc\r');
  });

  it('types its stdin, less one newline at the end, where there is no text', async () => {
    const read = await startRecorder('stdin');
    for (const stdin of ['one\n', 'two\n\n', '--help']) await vitals.run(['send', 'stdin'], { stdin });
    await waitFor('all of it', () => read() === 'one\rtwo\n\r--help\r');
  });

  it('fails with one line where nobody listens', async () => {
    await vitals.spawn('ended', ':');
    await vitals.do('kill', 'ended');
    expect(await vitals.run(['send', 'ended', 'x'])).toEqual({
      ...{ stdout: '', code: 1, signal: null },
      stderr: 'vitals: default/ended has ended: it is killed\n',
    });
    const { handle } = await vitals.spawn('plain', 'exec sleep 60', { runtime: 'process' });
    vitals.tmux.ends(Number(handle!['pid']));
    const { code, stderr } = await vitals.run(['send', 'plain', 'x']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'vitals: a plain process has no keyboard: spawn it in tmux to send it text\n',
    });
  });
});

import { join } from 'node:path';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { answerDialog, readDialog } from '../../src/control/answer-dialog.js';
import { sendText, type SendOptions, type SendResult } from '../../src/control/send-text.js';
import { spawnSession } from '../../src/control/spawn-session.js';
import type { Session } from '../../src/session/session.js';
import { ControlHome } from './control-home.js';

const STAND_IN = join(__dirname, '../../fixtures/agents/tui.mjs');

describe('at an agent whose screen is known', () => {
  const home = new ControlHome();
  const { tmux, context } = home;
  beforeAll(() => tmux.begin());
  afterAll(() => tmux.stop());

  let session: Session;
  let log: string;
  const start = async (...options: string[]): Promise<void> => {
    log = tmux.directory.fresh('log');
    const command = [process.execPath, STAND_IN, '--log', log, ...options];
    session = await spawnSession(context, {
      ...{ command, workspacePath: tmux.directory.path, agent: 'claude-code' },
    });
  };
  const noted = (): unknown[] =>
    home
      .read(log)
      .split('\n')
      .flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]));
  const send = (text: string, options: Partial<SendOptions> = {}): Promise<SendResult> =>
    sendText(context, session, { text, submit: true, ...options });
  const prompt = (text: string): Promise<SendResult> => send(text, { waitMs: 10_000 });
  const isOpen = (): Promise<true> =>
    waitFor('the dialog', async () => ((await readDialog(context, session)).dialog ? true : null));
  const pane = (...keys: string[]): Promise<string> =>
    tmux.run('send-keys', '-t', String(session.handle?.['paneId']), ...keys);

  it.each([
    ['one line', 'go on'],
    ['many lines', 'first\n  second\n\nfourth'],
    ['quotes and signs', `"go" 'on' \`now\` $HOME $(touch x) ; ~ *`],
    ['a leading dash', '- item'],
    ['letters of everywhere', 'naïve 日本語 🙂 é'],
    ['5 kB', `begin ${'lorem ipsum '.repeat(400)}end`],
  ])('submits %s word for word, once', async (_, text) => {
    await start();
    expect(await prompt(text)).toMatchObject({ outcome: 'submitted' });
    expect(noted()).toEqual([{ prompt: text }]);
  });

  it('waits until a paste is over, since Enter would be a newline before', async () => {
    await start('--guard', '50');
    expect(await prompt('go on')).toMatchObject({ outcome: 'submitted' });
    expect(noted()).toEqual([{ prompt: 'go on' }]);
  });

  it('presses Enter again where the first one was lost', async () => {
    await start('--guard', '1500');
    expect(await prompt('go on')).toMatchObject({ outcome: 'submitted' });
    expect(noted()).toEqual([{ prompt: 'go on\n' }]);
  });

  it('queues a prompt while the agent works', async () => {
    await start();
    await prompt('work');
    expect(await send('then this')).toMatchObject({ outcome: 'submitted' });
    expect(noted()).toEqual([{ prompt: 'work' }, { prompt: 'then this' }]);
  });

  it.each([
    '/clear',
    '!ls',
    '# remember',
    'look at @file',
    'ends in \\',
    'a\ttab',
    'keys \u001b[A',
    '',
    ' \n',
  ])('refuses %j', async (text) => {
    await start();
    await prompt('begin');
    expect(await send(text)).toMatchObject({ outcome: 'refused' });
    expect(noted()).toEqual([{ prompt: 'begin' }]);
  });

  it('sends a command of the agent where it is told that it is one', async () => {
    await start();
    await prompt('begin');
    expect(await send('/clear', { command: true })).toMatchObject({ outcome: 'submitted' });
    expect(noted()).toContainEqual({ prompt: '/clear' });
  });

  it('types nothing into a dialog', async () => {
    await start('--ask');
    await isOpen();
    for (const text of ['no', 'n', '2', 'stop, do not run that']) {
      expect(await send(text)).toMatchObject({ outcome: 'refused', dialog: { kind: 'permission' } });
    }
    expect(noted()).toEqual([]);
  });

  it("adds nothing to somebody's draft, and submits none", async () => {
    await start();
    await prompt('begin');
    await pane('-l', 'half a tho');
    await waitFor('the draft', async () => (await send('x')).detail.includes('draft') || null);
    expect(await send('mine')).toMatchObject({
      outcome: 'refused',
      detail: 'somebody\'s draft stands in its prompt: "half a tho"',
    });
    expect(noted()).toEqual([{ prompt: 'begin' }]);
  });

  it('submits what stands there already, if that is the very text', async () => {
    await start();
    await prompt('begin');
    expect(await send('twice', { submit: false })).toMatchObject({ outcome: 'typed' });
    expect(await send('twice')).toMatchObject({ outcome: 'submitted' });
    expect(noted()).toEqual([{ prompt: 'begin' }, { prompt: 'twice' }]);
  });

  it('types also while somebody scrolls', async () => {
    await start();
    await prompt('begin');
    await tmux.run('copy-mode', '-t', String(session.handle?.['paneId']));
    expect(await send('go on')).toMatchObject({ outcome: 'submitted' });
    expect(noted()).toEqual([{ prompt: 'begin' }, { prompt: 'go on' }]);
  });

  it.each([
    ['yes', 'Yes'],
    ['always', "Yes, and don't ask again"],
    ['no', 'No'],
    ['2', "Yes, and don't ask again"],
  ])('answers %s in a dialog', async (answer, option) => {
    await start('--ask');
    await isOpen();
    expect(await answerDialog(context, session, answer)).toMatchObject({ outcome: 'answered', option });
    expect(noted()).toEqual([{ chose: option }]);
  });

  it('chooses nothing where no option is meant, and nothing where no dialog is open', async () => {
    await start('--ask');
    await isOpen();
    expect(await answerDialog(context, session, 'perhaps')).toMatchObject({ outcome: 'refused' });
    expect(noted()).toEqual([]);
    await answerDialog(context, session, 'no');
    expect(await answerDialog(context, session, 'yes')).toMatchObject({
      outcome: 'refused',
      detail: 'no dialog is open',
    });
    expect(noted()).toEqual([{ chose: 'No' }]);
  });

  it('types nothing once the agent has left its shell', async () => {
    session = await spawnSession(context, {
      ...{ command: ['sh', '-c', 'echo "❯ "; exec cat'], workspacePath: tmux.directory.path },
      agent: 'claude-code',
    });
    expect(await send('rm -r build')).toMatchObject({ outcome: 'refused' });
  });
});

import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import type { Session } from '../../src/session/session.js';
import { Terminals } from './terminal.js';
import { MAIN, Vitals } from './vitals.js';

const ASKS = 'printf "go on? \\a"; read -r answer; echo "got:$answer"; exec sleep 1000';
const WATCH = ['watch', '--interval', '200ms'];

describe('watch', () => {
  let vitals: Vitals;
  let terminals: Terminals;
  beforeEach(async () => {
    vitals = new Vitals();
    terminals = new Terminals(vitals);
    await Promise.all([vitals.tmux.begin(), terminals.tmux.begin()]);
  });
  afterEach(async () => {
    await terminals.tmux.stop();
    await vitals.stop();
  });

  it('says where there is no terminal, and names events', async () => {
    const { stdout, stderr, code } = await vitals.run(['watch']);
    expect({ stdout, code, lines: stderr.split('\n').length - 1 }).toEqual({ stdout: '', code: 2, lines: 1 });
    expect(stderr).toContain('`vitals events`');
  });

  it('shows sessions as they come, ask and end, and puts what needs a person on top', async () => {
    const board = await terminals.run(WATCH);
    await board.until('no sessions yet');
    await vitals.spawn('worker', 'exec sleep 1000');
    await board.until(/\* working +worker/);
    await vitals.spawn('asker', ASKS);
    await vitals.spawn('failing', 'exit 3');
    const lines = await board.until(
      /\? needs_input +asker .*your input[^]*\* working +worker[^]*x errored +failing .*exit code 3/,
    );
    expect(lines[0]).toBe('3 sessions: 1 need input, 1 at work, 1 died');
    await board.until(/failing: ended, exit code 3/);
  });

  it('sends what is typed, kills what is confirmed, and nothing else', async () => {
    await vitals.spawn('asker', ASKS);
    await vitals.spawn('other', 'exec sleep 1000');
    const board = await terminals.run(WATCH);
    await board.until(/> \? needs_input +asker/);
    await board.press('s');
    await board.until('send to default/asker:');
    await board.type('qx y');
    await board.press('BSpace');
    await board.type('é!');
    await board.until('send to default/asker: qx é!');
    await board.press('Enter');
    await board.until('sent to default/asker');
    const { handle } = (await vitals.sessions.get('default/asker'))!;
    await waitFor('the answer', async () =>
      (await vitals.tmux.run('capture-pane', '-p', '-t', String(handle!['paneId']))).includes('got:qx é!'),
    );

    await board.type('/other');
    await board.until('filter: other');
    await board.press('Enter');
    await board.until(/2 sessions.*only "other"/);
    await board.press('x');
    await board.until('kill default/other?');
    await board.press('n');
    await board.until('Enter attach');
    await board.press('x');
    await board.until('kill default/other?');
    await board.press('y');
    await board.until(/x killed +other .*killed_by_user/);
    expect((await vitals.sessions.get('default/asker'))!.status).not.toBe('killed');
  });

  it('selects by j, k and the arrows, explains itself, and quits', async () => {
    for (const id of ['one', 'two', 'three']) await vitals.spawn(id, 'exec sleep 1000');
    const board = await terminals.run(WATCH);
    await board.until(/3 at work/);
    const selects = (id: string): Promise<string[]> => board.until(new RegExp(`^> \\S working +${id} `, 'm'));
    await selects('one');
    await board.press('j');
    await selects('three');
    await board.press('Down');
    await selects('two');
    await board.press('j');
    await board.press('k');
    await selects('three');
    await board.press('Up');
    await selects('one');
    await board.press('?');
    await board.until('send it a line of text');
    await board.press('?');
    await selects('one');
    await board.press('q');
    const left = await board.until('exited with 0');
    expect(left.filter((line) => line !== '')).toEqual(['before', 'exited with 0']);
    expect(await board.ask('#{alternate_on} #{cursor_flag} #{wrap_flag}')).toBe('0 1 1');
  });

  it('shows a session on its terminal, and comes back', async () => {
    const { handle } = await vitals.spawn('shown', 'echo here I am; exec sleep 1000');
    const board = await terminals.run(WATCH);
    await board.until(/\* working +shown/);
    await board.press('Enter');
    // On the board the same words stand in a row, as a part of its command.
    await board.until(/^here I am$/m);
    await vitals.tmux.run('detach-client', '-s', String(handle!['sessionId']));
    await board.until(/> \* working +shown/);
    await board.press('q');
    await board.until('exited with 0');
  });

  it.each(['TERM', 'HUP', 'INT'])('gives the terminal back on SIG%s', async (signal) => {
    const board = await terminals.run(WATCH);
    await board.until('no sessions yet');
    const shell = await board.ask('#{pane_pid}');
    const pid = Number(readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8'));
    process.kill(pid, `SIG${signal}`);
    await board.until(/exited with 1\d\d/);
    expect(await board.ask('#{alternate_on} #{cursor_flag} #{wrap_flag}')).toBe('0 1 1');
  });

  it('gives the terminal back, and says why, when it crashes', async () => {
    const crash = 'process.on("SIGUSR2", () => { throw new Error("out of the blue") })';
    const board = await terminals.run(WATCH, {
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}` },
    });
    await board.until('no sessions yet');
    const shell = await board.ask('#{pane_pid}');
    process.kill(Number(readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8')), 'SIGUSR2');
    await board.until(/out of the blue[^]*exited with [1-9]/);
    expect(await board.ask('#{alternate_on} #{cursor_flag} #{wrap_flag}')).toBe('0 1 1');
  });

  it('steps aside on Ctrl-Z, and comes back', async () => {
    const shell = await terminals.open(['bash', '--norc', '-i'], { env: { PS1: 'ready> ' } });
    await shell.until('ready>');
    await shell.type(`'${process.execPath}' '${MAIN}' watch`);
    await shell.press('Enter');
    await shell.until('no sessions yet');
    await shell.press('C-z');
    await shell.until(/Stopped[^]*ready>$/);
    expect(await shell.ask('#{alternate_on} #{cursor_flag}')).toBe('0 1');
    await shell.type('fg');
    await shell.press('Enter');
    await shell.until(/^0 sessions/);
    await shell.press('q');
    await waitFor('the end', async () => (await shell.ask('#{alternate_on}')) === '0');
  });

  it('takes what is pasted for text, never for keys', async () => {
    await vitals.spawn('victim', 'exec sleep 1000');
    const board = await terminals.run(WATCH);
    await board.until(/> \* working +victim/);
    await board.paste('x\ny\nq\n');
    await board.press('s');
    await board.until('send to default/victim:');
    await board.paste('two\nlines');
    await board.until('send to default/victim: two lines');
    expect((await vitals.sessions.get('default/victim'))!.status).toBe('working');
  });

  it.each([
    [{ NO_COLOR: '1' }, false],
    [{}, true],
  ])('has colours unless they are not wanted, and does without: %j', async (env, isColoured) => {
    await vitals.spawn('asker', ASKS);
    const board = await terminals.run(WATCH, { env });
    await board.until(/> \? needs_input +asker/);
    expect((await board.show('-e')).some((line) => line.includes('\u001b['))).toBe(isColoured);
  });
});

describe('watch, of many', () => {
  const vitals = new Vitals();
  const terminals = new Terminals(vitals);
  beforeAll(async () => {
    await Promise.all([vitals.tmux.begin(), terminals.tmux.begin()]);
    const spawned = await vitals.spawn('s-000', 'exec sleep 1000', { runtime: 'process' });
    const session = JSON.parse(JSON.stringify(spawned)) as Session;
    for (let number = 1; number < 100; number += 1) {
      const id = `s-${String(number).padStart(3, '0')}`;
      // One program stands for all: what is tried here is the board.
      await vitals.sessions.save({ ...session, rev: 0, id, task: HOSTILE[number % HOSTILE.length] ?? null });
    }
  });
  afterAll(async () => {
    await terminals.tmux.stop();
    await vitals.stop();
  });

  const HOSTILE = [
    '\u001b]0;owned\u0007title',
    '\u001b[2J\u001b[1;1Hover the top',
    'back\b\b\b and\rreturn\nnew line\ttab',
    'right\u202eto left\u2066',
    '支払いを直す、全角文字のとても長い題名です。支払いを直す',
    'family \u{1f469}\u200d\u{1f469}\u200d\u{1f467} \u{1fae0} flags \u{1f1eb}\u{1f1f7}',
    `z${'\u0300\u0489'.repeat(40)}algo`,
    '\u009b31m\u0090q\u009c\u007f\u0000C1',
  ];

  it('scrolls, a line a row, at any width, and nothing that an agent wrote steers the terminal', async () => {
    const file = vitals.tmux.directory.file('printed');
    const board = await terminals.run(WATCH, { columns: 100, lines: 30 });
    await board.until(/^100 sessions: 100 at work/);
    await board.record(file);
    for (const [columns, lines] of [
      [40, 24],
      [200, 40],
      [20, 6],
      [100, 30],
    ] as const) {
      await board.resize(columns, lines);
      await board.press('g');
      const wanted = Array.from({ length: rowsIn(lines) }, (_, index) => index);
      await waitFor(`the rows at ${columns} columns`, async () => {
        const shown = await board.show();
        const rows = shown.flatMap(
          (line) => /^[> ] \* working +s-(\d+)/.exec(line)?.slice(1).map(Number) ?? [],
        );
        const isHeaded = shown[0]?.startsWith('100 sessions') === true;
        return isHeaded && isDeepStrictEqual(rows, wanted);
      });
    }
    await board.press('G');
    await board.until(/^> \* working +s-099/m);
    await board.press('PageUp', 'g');
    await board.until(/^> \* working +s-000/m);
    await board.type('/s-09');
    await board.until(/only "s-09"/);
    await board.press('Enter');
    await board.until(/^> \* working +s-090/m);
    expect((await board.show()).filter((line) => line.includes('* working'))).toHaveLength(10);
    expect(await board.ask('#{pane_title}')).not.toContain('owned');
    // What is left without the sequences that the board itself writes holds no control character.
    const printed = readFileSync(file, 'utf8').replace(/\u001b\[[?]?[0-9;]*[a-zA-Z]/g, '');
    expect(printed.length).toBeGreaterThan(1_000);
    expect(printed.match(/\p{C}/gu)).toBeNull();
  });
});

/** How many rows a terminal of so many lines has room for. */
function rowsIn(lines: number): number {
  const news = lines < 12 ? 0 : Math.min(8, Math.floor(lines / 5));
  return lines - 3 - (news > 0 ? news + 1 : 0);
}

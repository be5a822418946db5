import { readFileSync, writeFileSync } from 'node:fs';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import { describeEvent } from './describe-event.js';
import { readEvents, Vitals } from './vitals.js';

const cursorOf = ({ epoch, seq }: LifecycleEvent): string => `${epoch}:${seq}`;

describe('events that are resumed', () => {
  const vitals = new Vitals();
  let all: LifecycleEvent[];
  let beganAt: string;
  beforeAll(async () => {
    await vitals.tmux.begin();
    for (const id of ['a', 'b', 'c']) await vitals.spawn(id, 'exec sleep 600');
    const first = await vitals.passOnce();
    beganAt = new Date().toISOString();
    await vitals.do('kill', 'a');
    all = [...first, ...(await vitals.passOnce())];
  });
  afterAll(() => vitals.stop());

  const read = async (...args: string[]): Promise<LifecycleEvent[]> =>
    readEvents(await vitals.do('events', '--no-follow', ...args));

  it('begin after a cursor, whichever life of the loop it is of', async () => {
    expect(all.length).toBeGreaterThan(8);
    for (const index of [0, 3, all.length - 2, all.length - 1]) {
      expect(await read('--after', cursorOf(all[index]!))).toEqual(all.slice(index + 1));
    }
  });

  it('begin with the first that was told since a moment', async () => {
    const since = all.filter(({ time }) => time >= beganAt);
    expect(since.length).toBeGreaterThan(1);
    expect(await read('--since', beganAt)).toEqual(since);
    expect(await read('--since', '10m')).toEqual(all);
    expect(await read('--since', '10m', '--type', 'terminated')).toEqual(
      all.filter(({ type }) => type === 'terminated'),
    );
  });

  it('go on with what one pass tells, and end', async () => {
    await vitals.do('kill', 'b');
    const told = await vitals.passOnce('--after', cursorOf(all.at(-1)!));
    expect(told.map(describeEvent).filter((text) => / b\b/.test(text))).toEqual([
      'status_changed b: working to killed by external',
      'terminated b: killed_by_user null null',
    ]);
    all.push(...told);
  });

  it.each([
    ['older than the journal', () => 'of-another-home:3'],
    ['of the future', () => cursorOf({ ...all.at(-1)!, seq: 9_999 })],
  ])('exit with 4 where the cursor is %s, and say what to do', async (_title, cursor) => {
    const { code, stdout, stderr } = await vitals.run(['events', '--after', cursor()]);
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/^vitals: .*vitals events --snapshot.*--resync\n$/);
  });

  it('begin with the snapshot instead, with --resync', async () => {
    const lines = await read('--after', 'of-another-home:3', '--resync');
    expect(lines.map(({ type }) => type as string)).toEqual(['session', 'session', 'session', 'synced']);
    for (const line of lines) expect(line.seq).toBeUndefined();
  });

  it('refuse what makes no sense', async () => {
    const cases: [string[], string][] = [
      [['--after', 'yesterday'], 'is no cursor'],
      [['--since', 'yesterday'], '--since takes a time'],
      [['--no-follow'], '--no-follow needs a beginning'],
      [['--after', 'x:1', '--snapshot'], 'give one of'],
      [['--after', 'x:1', '--cursor-file', 'f'], 'leave out --after'],
      [['--resync'], '--resync is for a cursor'],
    ];
    const ended = await vitals.runAll(cases.map(([args]) => ['events', ...args]));
    expect(ended.map(({ code, stdout }) => [code, stdout])).toEqual(cases.map(() => [2, '']));
    for (const [index, [, says]] of cases.entries()) expect(ended[index]!.stderr).toContain(says);
  });

  it('resume where a file says that the last run stopped, each line once', async () => {
    const cursorFile = vitals.tmux.directory.file('cursor');
    const first = await vitals.watch('--cursor-file', cursorFile);
    await vitals.do('kill', 'c');
    await first.until({ type: 'terminated', sessionId: 'c' });
    await waitFor(
      'the cursor',
      () => readFileSync(cursorFile, 'utf8') === `${cursorOf(first.events.at(-1)!)}\n`,
    );
    await first.end('SIGKILL');
    await vitals.spawn('d', 'exec sleep 600');
    const between = await vitals.passOnce();
    const second = await vitals.watch('--cursor-file', cursorFile);
    await second.until({ type: 'session_restored', sessionId: 'd' });
    expect(second.events.slice(0, between.length)).toEqual(between);
    expect(await second.end()).toEqual([null, 'SIGTERM']);
    expect(await read('--cursor-file', cursorFile)).toEqual([]);
  });

  it('say so when the cursor cannot be read or written', async () => {
    for (const path of ['/proc/version/cursor', vitals.home]) {
      const { code, stderr } = await vitals.run(['events', '--once', '--snapshot', '--cursor-file', path]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/vitals: can't (read|write) the cursor /);
    }
    const broken = vitals.tmux.directory.file('broken');
    writeFileSync(broken, 'nonsense\n');
    for (const more of [[], ['--resync'], ['--snapshot']]) {
      const refused = await vitals.run(['events', '--once', '--cursor-file', broken, ...more]);
      expect([refused.code, refused.stdout]).toEqual([2, '']);
      expect(refused.stderr).toContain(`${broken} is no cursor file, it says "nonsense"`);
      expect(readFileSync(broken, 'utf8')).toBe('nonsense\n');
    }
    writeFileSync(broken, '');
    const { code, stderr } = await vitals.run(['events', '--once', '--cursor-file', broken]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/the cursor file .* is empty, .*: remove it, and begin with --since/);
  });
});

describe('a cursor file', () => {
  const vitals = new Vitals();
  beforeAll(() => vitals.tmux.begin());
  afterAll(() => vitals.stop());

  const fresh = (): string => vitals.tmux.directory.fresh('cursor');
  const resume = async (path: string, ...args: string[]): Promise<string[]> =>
    readEvents(await vitals.do('events', '--no-follow', '--cursor-file', path, ...args)).map(describeEvent);

  it.each([[[]], [['--since', '1h']]])('is there before the home has told anything: %j', async (args) => {
    const home = ['--home', vitals.tmux.directory.fresh('home')];
    const path = fresh();
    expect(await resume(path, ...home, ...args)).toEqual([]);
    await vitals.do('spawn', '--project', `p${String(args.length)}`, ...home, '--', 'sleep', '600');
    const told = (await vitals.passOnce(...home)).map(describeEvent);
    expect(told).not.toEqual([]);
    expect(await resume(path, ...home)).toEqual(told);
    expect(await resume(path, ...home)).toEqual([]);
  });

  it.each([
    [['--no-follow']],
    [['--no-follow', '--since', '1ms']],
    [['--no-follow', '--since', '1h', '--type', 'lagged']],
    [['--once', '--type', 'lagged']],
  ])('is there although a run tells nothing: %j', async (args) => {
    await vitals.passOnce();
    const path = fresh();
    expect(await vitals.do('events', '--cursor-file', path, ...args)).toBe('');
    const { id } = await vitals.spawn(`between-${path.split('-').at(-1)!}`, 'exec sleep 600');
    const told = (await vitals.passOnce()).map(describeEvent);
    expect(told.join()).toContain(id);
    expect(await resume(path)).toEqual(told);
  });

  it('is there as soon as a run begins, if that is killed as well', async () => {
    await vitals.passOnce();
    const path = fresh();
    const watch = await vitals.watch('--cursor-file', path, '--type', 'lagged');
    await watch.end('SIGKILL');
    await vitals.spawn('after-the-kill', 'exec sleep 600');
    const told = (await vitals.passOnce()).map(describeEvent);
    expect(told.join()).toContain('after-the-kill');
    expect((await resume(path)).slice(-told.length)).toEqual(told);
  });

  it.each([
    ['empty', ''],
    ['of nothing', '\0'.repeat(40)],
  ])('that a loss of power left %s is begun anew with the snapshot, with --resync', async (_title, left) => {
    const path = fresh();
    writeFileSync(path, left);
    const lines = readEvents(await vitals.do('events', '--no-follow', '--cursor-file', path, '--resync'));
    expect(lines.at(-1)).toEqual({ type: 'synced', cursor: readFileSync(path, 'utf8').trim() });
    expect(lines.length).toBeGreaterThan(1);
  });
});

describe('events with a snapshot', () => {
  const vitals = new Vitals();
  beforeAll(() => vitals.tmux.begin());
  afterAll(() => vitals.stop());

  it('begin with a line for each session and one that they were all, and then tell what follows', async () => {
    await vitals.spawn('a', 'exec sleep 600');
    await vitals.spawn('b', 'exec sleep 600', { projectId: 'shop' });
    const watch = await vitals.watch('--snapshot');
    const synced = await waitFor('the snapshot', () => watch.lines.find(({ type }) => type === 'synced'));
    const sessions = watch.lines.slice(0, watch.lines.indexOf(synced));
    expect(sessions.map(({ type }) => type)).toEqual(['session', 'session']);
    expect(Object.keys(synced)).toEqual(['type', 'cursor']);
    await vitals.do('kill', 'shop/b');
    await watch.until({ type: 'terminated', sessionId: 'b' });
    const [place] = /\d+$/.exec(String(synced['cursor']))!;
    expect(watch.events.map(({ seq }) => seq)).toEqual(
      watch.events.map((_, index) => Number(place) + index + 1),
    );
    await watch.end();
    const filtered = readEvents(await vitals.do('events', '--snapshot', '--no-follow', '--project', 'shop'));
    expect(filtered.map(({ type }) => type as string)).toEqual(['session', 'synced']);
  });
});

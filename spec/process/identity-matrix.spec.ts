import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { endTree } from '../../fixtures/processes/end-tree.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { checkProcess, knowProcess, type KnownProcess } from '../../src/process/check-process.js';
import { useCompiledSource } from '../store/compiled-source.js';

const NOBODY = 65_534;
/** Pids are given out anew in a namespace of its own, where no process of anybody else can get one. */
const APART = ['unshare', '--pid', '--fork', '--mount-proc'];

const isRoot = process.getuid?.() === 0;
const canForcePids =
  spawnSync('unshare', [...APART.slice(1), 'sh', '-c', 'echo 1 >/proc/sys/kernel/ns_last_pid']).status === 0;
const canHide =
  isRoot && spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t proc -o hidepid=2 proc /proc']).status === 0;
const itWhere = (isPossible: boolean): jest.It => (isPossible ? it : it.skip);

interface Verdict {
  obstacle: string | null;
  verdict: { state: string; detail: string };
}

describe('one process, whatever becomes of it', () => {
  const directory = new TemporaryDirectory();
  const compiled = useCompiledSource();
  const program = directory.file('a) R (b');
  const started: ChildProcess[] = [];
  const start = (file: string, ...args: string[]): ChildProcess => {
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    started.push(child);
    return child;
  };
  const startAgent = (): { child: ChildProcess; known: KnownProcess } => {
    const child = start(program, '600');
    return { child, known: knowProcess(child.pid!) };
  };
  const stateOf = (known: KnownProcess): string => checkProcess(known).state;
  const end = async (child: ChildProcess): Promise<void> => {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };

  /** What a process of its own makes of this one. */
  async function judgeElsewhere(
    known: KnownProcess,
    { wrapper = [], circumstance = '' }: JudgeOptions = {},
  ): Promise<Verdict> {
    const script = resolve(__dirname, 'children/verdict.mjs');
    const [file = '', ...args]: string[] = [...wrapper, process.execPath, script, compiled.path];
    const child = start(file, ...args, JSON.stringify(known), circumstance);
    await once(child.stdout!, 'data');
    const answer = text(child.stdout!);
    child.stdin!.end('go\n');
    return JSON.parse(await answer) as Verdict;
  }

  beforeAll(() => {
    copyFileSync('/bin/sleep', program);
    chmodSync(program, 0o755);
    chmodSync(dirname(compiled.path), 0o755);
  });
  afterEach(async () => {
    // The pid of one that has ended may be anybody's by now.
    const running = started
      .splice(0)
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    for (const child of running) await endTree(child.pid!);
  });
  afterAll(() => directory.remove());

  it('is alive while it runs, works, sleeps or is stopped', async () => {
    const { child, known } = startAgent();
    expect(stateOf(known)).toBe('alive');
    child.kill('SIGSTOP');
    await waitFor('the stop', () => readFileSync(`/proc/${known.pid}/stat`, 'latin1').includes(') T '));
    expect(stateOf(known)).toBe('alive');
  });

  it('is alive when it has become another program', async () => {
    const child = start('sh', '-c', 'read -r _; exec "$0" 600', program);
    const known = knowProcess(child.pid!);
    child.stdin!.write('go\n');
    await waitFor('exec', () => readFileSync(`/proc/${known.pid}/comm`, 'utf8') !== 'sh\n');
    expect(stateOf(known)).toBe('alive');
  });

  it('is dead once it was killed and reaped', async () => {
    const { child, known } = startAgent();
    await end(child);
    expect(stateOf(known)).toBe('dead');
  });

  it('is dead as a zombie', async () => {
    const parent = start('sh', '-c', '"$0" 600 & echo $!; exec tail -f /dev/null', program);
    const [line] = (await once(parent.stdout!, 'data')) as [Buffer];
    const known = knowProcess(Number(line.toString()));
    await waitFor('exec', () => readFileSync(`/proc/${parent.pid!}/comm`, 'utf8') === 'tail\n');
    process.kill(known.pid, 'SIGKILL');
    await waitFor('its end', () => stateOf(known) !== 'alive');
    expect(checkProcess(known)).toEqual({ state: 'dead', detail: `process ${known.pid} is a zombie` });
  });

  itWhere(canForcePids)('is dead although its pid has been used again', async () => {
    const script = resolve(__dirname, 'children/reuse-pid.mjs');
    const [file, ...args] = [...APART, process.execPath, script, compiled.path, program];
    const answer = JSON.parse(await text(start(file, ...args).stdout!)) as { pid: number };
    expect(answer).toMatchObject({
      isReused: true,
      verdict: { state: 'dead', detail: `pid ${answer.pid} belongs to another process now` },
      other: { state: 'alive' },
    });
  });

  it('is unknown to who has no descriptor left', async () => {
    const { known } = startAgent();
    const wrapper = ['sh', '-c', 'ulimit -n 64; exec "$@"', 'sh'];
    const { obstacle, verdict } = await judgeElsewhere(known, { wrapper, circumstance: 'exhausted' });
    expect(obstacle).toBe('EMFILE');
    expect(verdict).toEqual({ state: 'unknown', detail: `process ${known.pid} can't be read: EMFILE` });
  });

  itWhere(isRoot)('is what it is in a full process table: to ask, no process is needed', async () => {
    const { child, known } = startAgent();
    const options: JudgeOptions = {
      wrapper: ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
      circumstance: 'crowded',
    };
    expect(await judgeElsewhere(known, options)).toMatchObject({
      obstacle: 'EAGAIN',
      verdict: { state: 'alive' },
    });
    await end(child);
    expect(await judgeElsewhere(known, options)).toMatchObject({
      obstacle: 'EAGAIN',
      verdict: { state: 'dead' },
    });
  });

  itWhere(canHide)('is unknown to who may not see it, and dead to him once it is gone', async () => {
    const { child, known } = startAgent();
    const mount = `mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups "$@"`;
    const options: JudgeOptions = { wrapper: ['unshare', '-m', 'sh', '-c', mount, 'sh'] };
    const hidden = await judgeElsewhere(known, options);
    expect(hidden.verdict).toEqual({ state: 'unknown', detail: `process ${known.pid} is there, but hidden` });
    await end(child);
    expect((await judgeElsewhere(known, options)).verdict.state).toBe('dead');
  });

  it('is dead after a boot, and unknown to another machine, or out of another namespace', () => {
    const { known } = startAgent();
    expect(stateOf({ ...known, bootId: 'earlier' })).toBe('dead');
    expect(stateOf({ ...known, host: 'elsewhere' })).toBe('unknown');
    expect(stateOf({ ...known, pidNamespace: 'pid:[1]' })).toBe('unknown');
  });
});

interface JudgeOptions {
  /** What starts it. */
  wrapper?: string[];
  circumstance?: string;
}

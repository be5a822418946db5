import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { endTree } from '../../fixtures/processes/end-tree.js';
import { isRunning } from '../../fixtures/processes/is-running.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { checkProcess, knowProcess, type KnownProcess } from '../../src/process/check-process.js';
import { endProcessTree, type EndProcessTreeOptions } from '../../src/process/end-process-tree.js';
import { listDescendants } from '../../src/process/list-descendants.js';

const closeNothing = (): Promise<void> => Promise.resolve();

describe('endProcessTree', () => {
  const directory = new TemporaryDirectory();
  const started: ChildProcess[] = [];

  /** Starts a shell that runs this, and waits for its first line of output. */
  async function start(script: string): Promise<KnownProcess> {
    const child = spawn('sh', ['-c', script, directory.file('note')], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.push(child);
    await once(child.stdout, 'data');
    return knowProcess(child.pid!);
  }

  const end = (root: KnownProcess, options: Partial<EndProcessTreeOptions> = {}): Promise<boolean> =>
    endProcessTree(root, { graceMs: 5_000, asksRoot: true, closeRoot: closeNothing, ...options });

  afterEach(async () => {
    for (const child of started.splice(0)) await endTree(child.pid!);
  });
  afterAll(() => directory.remove());

  it('lets a program end in its own way, within the time it has', async () => {
    const root = await start(`trap 'echo bye >"$0"; exit 0' TERM; echo ready; while :; do sleep 0.05; done`);
    expect(await end(root)).toBe(true);
    expect(readFileSync(directory.file('note'), 'utf8')).toBe('bye\n');
    expect(isRunning(root.pid)).toBe(false);
  });

  it('forces one that ignores SIGTERM, and all that it started', async () => {
    const root = await start(`trap '' TERM; sh -c 'sleep 60; :' & echo ready; while :; do sleep 60; done`);
    const below = listDescendants(root.pid);
    expect(below.length).toBeGreaterThan(0);
    const before = performance.now();
    expect(await end(root, { graceMs: 100 })).toBe(true);
    expect(performance.now() - before).toBeLessThan(4_000);
    await waitFor('its children to end', () => !below.some(isRunning));
  });

  it('leaves a launcher the time to note how its program ended', async () => {
    const note = directory.file('note');
    const root = await start(`echo ready; sleep 60; echo $? >"$0"`);
    await waitFor('the program', () => listDescendants(root.pid).length === 1);
    expect(await end(root, { asksRoot: false })).toBe(true);
    expect(readFileSync(note, 'utf8')).toBe('143\n');
  });

  it('asks the program of a launcher that has not yet started it, once it has', async () => {
    const pipe = directory.file('pipe');
    execFileSync('mkfifo', [pipe]);
    const root = await start(`echo ready; read -r line <${pipe}; sleep 60; echo $? >"$0"`);
    const before = performance.now();
    const ending = end(root, { asksRoot: false });
    await writeFile(pipe, 'go\n');
    expect(await ending).toBe(true);
    expect(performance.now() - before).toBeLessThan(4_000);
    expect(readFileSync(directory.file('note'), 'utf8')).toBe('143\n');
  });

  it('closes a root that outlives its grace, before it uses force', async () => {
    const root = await start(
      `trap '' TERM; trap 'echo closed >"$0"; exit' HUP; echo ready; while :; do sleep 0.05; done`,
    );
    const closeRoot = (): Promise<void> => {
      process.kill(root.pid, 'SIGHUP');
      return Promise.resolve();
    };
    expect(await end(root, { graceMs: 100, closeRoot })).toBe(true);
    expect(readFileSync(directory.file('note'), 'utf8')).toBe('closed\n');
  });

  it('has nothing to do when the process is gone already', async () => {
    const root = await start('echo ready');
    await waitFor('its end', () => !isRunning(root.pid));
    const closeRoot = jest.fn(closeNothing);
    expect(await end(root, { closeRoot })).toBe(true);
    expect(closeRoot).not.toHaveBeenCalled();
  });

  it('never touches another process that has the pid by now', async () => {
    const bystander = await start('echo ready; exec sleep 60');
    expect(await end({ ...bystander, startTime: '1' }, { graceMs: 50 })).toBe(true);
    expect(checkProcess(bystander).state).toBe('alive');
  });

  it('proves nothing, and signals nobody, where the process can not be told from another', async () => {
    const bystander = await start('sleep 60 & echo ready; wait');
    const below = listDescendants(bystander.pid);
    expect(await end({ ...bystander, startTime: null }, { graceMs: 50 })).toBe(false);
    expect(await end({ ...bystander, host: 'elsewhere' }, { graceMs: 50 })).toBe(false);
    expect(checkProcess(bystander).state).toBe('alive');
    expect(below.map(isRunning)).toEqual([true]);
  });
});

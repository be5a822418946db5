import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { endTree } from '../../fixtures/processes/end-tree.js';
import { isRunning } from '../../fixtures/processes/is-running.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { listDescendants } from '../../src/process/list-descendants.js';
import { parseProcessHandle, type ProcessHandle } from '../../src/runtime/process-handle.js';
import { ProcessRuntime } from '../../src/runtime/process.js';
import { InvalidHandleError, NotSupportedError, RuntimeError } from '../../src/runtime/runtime-error.js';
import type { Program } from '../../src/runtime/session-host.js';
import { livenessOf, observe, programOf, untilDead } from './programs.js';

describe('ProcessRuntime', () => {
  const directory = new TemporaryDirectory();
  const runtime = new ProcessRuntime({ clock: { now: () => Date.parse('2026-01-01T00:00:00.000Z') } });
  const pids: number[] = [];

  async function start(command: string[], more: Partial<Program> = {}): Promise<ProcessHandle> {
    const handle = parseProcessHandle(await runtime.start(programOf(directory, command, more)));
    pids.push(handle.pid);
    return handle;
  }

  const shell = (script: string): Promise<ProcessHandle> => start(['sh', '-c', script]);

  const readLog = ({ outputFile }: ProcessHandle): string => readFileSync(outputFile, 'utf8');

  afterEach(async () => {
    for (const pid of pids.splice(0)) await endTree(pid);
  });
  afterAll(() => directory.remove());

  describe('a program', () => {
    it('is alive while it runs, and dead with its exit code once it ended', async () => {
      execFileSync('mkfifo', [directory.file('go')]);
      const handle = await shell('read -r line <go; exit 3');
      expect(await livenessOf(runtime, handle)).toEqual({
        state: 'alive',
        evidence: {
          source: 'process',
          detail: `process ${handle.pid} runs`,
          observedAt: '2026-01-01T00:00:00.000Z',
        },
      });
      await writeFile(directory.file('go'), 'go\n');
      expect(await untilDead(runtime, handle)).toMatchObject({ exit: { code: 3, signal: null } });
    });

    it('is dead by its signal when it was killed', async () => {
      const handle = await shell('echo $$; exec sleep 60');
      const pid = await waitFor('its pid', () => Number(readLog(handle)));
      process.kill(pid, 'SIGKILL');
      expect(await untilDead(runtime, handle)).toMatchObject({ exit: { code: null, signal: 'SIGKILL' } });
    });

    it('is dead, nobody knows how, when its launcher was killed too', async () => {
      const handle = await shell('echo ready; exec sleep 60');
      await waitFor('the program', () => readLog(handle));
      await endTree(handle.pid);
      expect(await untilDead(runtime, handle)).toMatchObject({ exit: { code: null, signal: null } });
    });

    it('is neither alive nor dead when its launcher was killed and it runs on, until kill ends it', async () => {
      const handle = await shell('echo $$; exec sleep 60');
      const pid = await waitFor('its pid', () => Number(readLog(handle)));
      process.kill(handle.pid, 'SIGKILL');
      await waitFor('the end of the launcher', () => !isRunning(handle.pid));
      expect(await livenessOf(runtime, handle)).toMatchObject({
        state: 'unknown',
        evidence: {
          detail: expect.stringContaining(`left process ${pid} running: vitals kill ends it`) as string,
        },
      });
      await runtime.end(handle, { graceMs: 5_000 });
      expect(isRunning(pid)).toBe(false);
      expect(await livenessOf(runtime, handle)).toMatchObject({
        state: 'dead',
        exit: { code: null, signal: null },
      });
    });

    it('gets its arguments, folder and environment as they were given, and no keyboard', async () => {
      const report =
        'console.log(JSON.stringify([process.argv.slice(1), process.cwd(), process.env.VITALS_SESSION]))';
      const args = ['a;', '#(touch canary)', '$(touch canary)', 'a\nb', '-x', '', 'ä🙂'];
      const workspacePath = directory.fresh('folder with spaces');
      await mkdir(workspacePath);
      const handle = await start([process.execPath, '-e', report, '--', ...args], {
        workspacePath,
        env: { VITALS_SESSION: 'shop/api' },
      });
      await untilDead(runtime, handle);
      expect(JSON.parse(readLog(handle))).toEqual([args, workspacePath, 'shop/api']);
      expect(readdirSync(workspacePath)).toEqual([]);
    });

    it('shows what it prints, on both ways out, and that it rang', async () => {
      const handle = await shell(`echo out; echo err >&2; printf 'go on? \\a'; exec sleep 60`);
      await waitFor('its output', () => readLog(handle).includes('go on?'));
      const view = await observe(runtime, handle);
      expect(view.signs!(handle)).toMatchObject({
        bell: true,
        lastOutputAt: expect.stringMatching(/Z$/) as string,
      });
      expect(await view.capture!(handle)).toBe('out\nerr\ngo on? \u0007');
    });

    it('runs in a process group of its own, so that no Ctrl-C for another reaches it', async () => {
      const handle = await shell('exec sleep 60');
      const group = execFileSync('ps', ['-o', 'pgid=', '-p', String(handle.pid)], { encoding: 'utf8' });
      expect(Number(group)).toBe(handle.pid);
    });
  });

  describe('what can not be started', () => {
    it('is one clear error, and no process', async () => {
      const before = listDescendants(process.pid);
      const starting = runtime.start(programOf(directory, ['no-such-program-anywhere']));
      await expect(starting).rejects.toThrow(RuntimeError);
      await expect(starting).rejects.toThrow('there is no program "no-such-program-anywhere" on PATH');
      expect(listDescendants(process.pid)).toEqual(before);
    });

    it('names a folder that is not there', async () => {
      const workspacePath = directory.file('nowhere');
      const starting = runtime.start(programOf(directory, ['sleep', '60'], { workspacePath }));
      await expect(starting).rejects.toThrow(RuntimeError);
      await expect(starting).rejects.toThrow(workspacePath);
    });

    it.each(['a link', 'a pipe', 'a directory', 'nothing, nor its folder'])(
      'says so when its output would go to %s',
      async (what) => {
        const outputFile = directory.fresh('place');
        const target = directory.fresh('target');
        if (what === 'a link') symlinkSync(target, outputFile);
        if (what === 'a pipe') execFileSync('mkfifo', [outputFile]);
        if (what === 'a directory') await mkdir(outputFile);
        const path = what.startsWith('nothing') ? `${outputFile}/below` : outputFile;
        const starting = runtime.start(programOf(directory, ['sleep', '60'], { outputFile: path }));
        await expect(starting).rejects.toThrow(RuntimeError);
        expect(existsSync(target)).toBe(false);
      },
    );
  });

  describe('proof', () => {
    it('takes a pid that belongs to another process for a death, also beside that very process', async () => {
      const now = await shell('exec sleep 60');
      const before: ProcessHandle = { ...now, procStart: '1', exitFile: directory.file('before') };
      await writeFile(before.exitFile, '4\n');
      const view = await observe(runtime, before, now);
      expect(view.liveness(before)).toMatchObject({ state: 'dead', exit: { code: 4, signal: null } });
      expect(view.liveness(now)).toMatchObject({ state: 'alive' });
    });

    it('takes the end of a boot for a death, but knows nothing of other machines and namespaces', async () => {
      const handle = await shell('exec sleep 60');
      const stateOf = async (change: Partial<ProcessHandle>): Promise<string> =>
        (await livenessOf(runtime, { ...handle, ...change })).state;
      expect(await stateOf({ bootId: 'earlier' })).toBe('dead');
      expect(await stateOf({ host: 'elsewhere' })).toBe('unknown');
      expect(await stateOf({ pidNamespace: 'pid:[1]' })).toBe('unknown');
      expect(await stateOf({ procStart: null })).toBe('unknown');
    });

    it('groups by machine and boot', async () => {
      const handle = await shell(':');
      const { host, bootId } = handle;
      expect(runtime.serverOf(handle)).toBe(`process:${host}:${bootId}`);
      expect(runtime.serverOf({ ...handle, host: 'elsewhere' })).not.toBe(runtime.serverOf(handle));
    });

    it('lets no bad handle spoil the look at its neighbours', async () => {
      const [good, ended] = [await shell('exec sleep 60'), await shell('exit 2')];
      await untilDead(runtime, ended);
      const bad = { ...ended, exitFile: 'a\0b' };
      const view = await observe(runtime, bad, good, ended);
      expect(() => view.liveness(bad)).toThrow(RuntimeError);
      expect(view.liveness(good).state).toBe('alive');
      expect(view.liveness(ended)).toMatchObject({ state: 'dead', exit: { code: 2 } });
    });

    it('answers for nobody that it was not asked about', async () => {
      const [asked, other] = [await shell('exec sleep 60'), await shell('exec sleep 60')];
      const view = await observe(runtime, asked);
      expect(() => view.liveness(other)).toThrow('this program was not looked at');
    });

    it.each([{ type: 'tmux' }, { type: 'process', pid: -1 }, { type: 'process' }])(
      'refuses the handle %j',
      (handle) => expect(() => runtime.serverOf(handle)).toThrow(InvalidHandleError),
    );
  });

  describe('end', () => {
    it('ends a program, which then has its own exit code, and its children', async () => {
      const handle = await shell(`trap 'exit 9' TERM; sleep 60 & echo $!; while :; do sleep 0.05; done`);
      const child = await waitFor('its child', () => Number(readLog(handle)));
      await runtime.end(handle, { graceMs: 5_000 });
      expect(await livenessOf(runtime, handle)).toMatchObject({
        state: 'dead',
        exit: { code: 9, signal: null },
      });
      expect(isRunning(child)).toBe(false);
    });

    it('forces a program that ignores SIGTERM, and its children', async () => {
      const handle = await shell(`trap '' TERM; sh -c 'sleep 60; :' & echo $!; while :; do sleep 60; done`);
      const child = await waitFor('its child', () => Number(readLog(handle)));
      await runtime.end(handle, { graceMs: 100 });
      expect(await livenessOf(runtime, handle)).toMatchObject({ state: 'dead' });
      await waitFor('the end of its child', () => !isRunning(child));
    });

    it('has nothing to do for a program that ended', async () => {
      const handle = await shell('exit 1');
      await untilDead(runtime, handle);
      await runtime.end(handle, { graceMs: 0 });
      expect(await livenessOf(runtime, handle)).toMatchObject({ exit: { code: 1 } });
    });

    it('says so when it can not prove the end', async () => {
      const handle = await shell('exec sleep 60');
      const elsewhere = { ...handle, host: 'elsewhere' };
      await expect(runtime.end(elsewhere, { graceMs: 10 })).rejects.toThrow(RuntimeError);
      expect((await livenessOf(runtime, handle)).state).toBe('alive');
    });
  });

  it('can not send text', async () => {
    await expect(runtime.send()).rejects.toThrow(NotSupportedError);
  });

  it('shows the output to a person', async () => {
    const handle = await shell(':');
    expect(await runtime.attachCommand(handle)).toEqual(['tail', '-n', '+1', '-f', handle.outputFile]);
  });
});

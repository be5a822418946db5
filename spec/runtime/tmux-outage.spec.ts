import { existsSync, readFileSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { isRunning } from '../../fixtures/processes/is-running.js';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { RuntimeError } from '../../src/runtime/runtime-error.js';
import { parseTmuxHandle, type TmuxHandle } from '../../src/runtime/tmux-handle.js';
import { TmuxRuntime } from '../../src/runtime/tmux.js';
import { livenessOf, observe, programOf, untilDead } from './programs.js';

const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, 'utf8');

describe('a tmux server that can not be asked', () => {
  let tmux: PrivateTmux;
  let runtime: TmuxRuntime;
  let serverPid: number;

  beforeEach(async () => {
    tmux = new PrivateTmux();
    runtime = new TmuxRuntime({ socketPath: tmux.socketPath, timeoutMs: 500 });
    serverPid = await tmux.begin();
  });
  afterEach(() => tmux.stop());

  async function start(...command: string[]): Promise<TmuxHandle> {
    const handle = parseTmuxHandle(await runtime.start(programOf(tmux.directory, command)));
    tmux.ends(handle.panePid);
    return handle;
  }

  /** Starts a program that ignores a hang-up; resolves once it does. */
  async function startStubborn(signals = 'HUP'): Promise<{ handle: TmuxHandle; pid: number }> {
    const file = tmux.directory.fresh('pid');
    // What is ignored stays so in the program that takes the shell's place.
    const script = `trap '' ${signals}; echo $$ >"$0"; exec sleep 60`;
    const handle = await start('sh', '-c', script, file);
    const pid = await waitFor('its pid', () => existsSync(file) && Number(readFileSync(file, 'utf8')));
    tmux.ends(pid);
    return { handle, pid };
  }

  const outageOf = async (handle: TmuxHandle): Promise<string | undefined> =>
    (await observe(runtime, handle)).outage?.message;

  const killServer = (): Promise<void> => {
    process.kill(serverPid, 'SIGKILL');
    return waitFor('the end of the server', () => !isRunning(serverPid)).then(() => undefined);
  };

  it('leaves the plain programs of a killed server proven dead by their processes', async () => {
    const handles = [await start('sleep', '60'), await start('sleep', '60')];
    await killServer();
    for (const handle of handles) {
      expect(await untilDead(runtime, handle)).toMatchObject({
        evidence: { source: 'process' },
        exit: { code: null, signal: null },
      });
    }
    expect(await outageOf(handles[0]!)).toBe(
      `the tmux server ${serverPid} on ${tmux.socketPath} is gone: end what it left behind with vitals kill`,
    );
  });

  it('leaves a program that outlives its killed server unknown, until kill ends it', async () => {
    const { handle, pid } = await startStubborn();
    await killServer();
    await waitFor('the end of its launcher', () => !isRunning(handle.panePid));
    const view = await observe(runtime, handle);
    expect(view.liveness(handle)).toMatchObject({
      state: 'unknown',
      evidence: {
        source: 'process',
        detail: expect.stringContaining(`left process ${pid} running`) as string,
      },
    });
    expect(view.outage).toEqual({
      server: runtime.serverOf(handle),
      message: expect.stringContaining('is gone') as string,
    });
    await runtime.end(handle, { graceMs: 5_000 });
    expect(isRunning(pid)).toBe(false);
    expect((await livenessOf(runtime, handle)).state).toBe('dead');
  });

  it('lets kill force what outlives its server and ignores everything else', async () => {
    const { handle, pid } = await startStubborn('HUP TERM INT');
    await killServer();
    await runtime.end(handle, { graceMs: 100 });
    await waitFor('its end', () => !isRunning(pid));
    await untilDead(runtime, handle);
  });

  it('tells an adopted program that outlives its server from one that does not', async () => {
    await tmux.newSession('stubborn', 'sh', '-c', `trap '' HUP; exec sleep 60`);
    await tmux.newSession('plain', 'sleep', '60');
    const found = await runtime.find();
    const handleOf = (name: string): TmuxHandle =>
      parseTmuxHandle(found.find((program) => program.name === name)!.handle);
    const [stubborn, plain] = [handleOf('stubborn'), handleOf('plain')];
    await waitFor('its trap', () => nameOf(stubborn.panePid) === 'sleep\n');
    tmux.ends(stubborn.panePid);
    await killServer();
    await untilDead(runtime, plain);
    expect(await livenessOf(runtime, stubborn)).toMatchObject({
      state: 'unknown',
      evidence: { detail: `process ${stubborn.panePid} runs, but not in a pane that can be seen` },
    });
  });

  it('knows a server whose socket was deleted from one that is gone', async () => {
    const handle = await start('sleep', '60');
    await rm(tmux.socketPath);
    const view = await observe(runtime, handle);
    expect(view.liveness(handle).state).toBe('unknown');
    expect(view.outage!.message).toBe(
      `the socket ${tmux.socketPath} is gone while its tmux server lives: kill -USR1 ${serverPid} makes it anew`,
    );
    process.kill(serverPid, 'SIGUSR1');
    await waitFor('the cure', async () => (await livenessOf(runtime, handle)).state === 'alive');
  });

  it('waits for a stopped server no longer than it may, and finds its programs alive again', async () => {
    const handle = await start('sleep', '60');
    process.kill(serverPid, 'SIGSTOP');
    const view = await observe(runtime, handle);
    expect(view.liveness(handle).state).toBe('unknown');
    expect(view.outage!.message).toBe(
      `the tmux server ${serverPid} on ${tmux.socketPath} does not answer: if it is stopped, kill -CONT ${serverPid} wakes it`,
    );
    process.kill(serverPid, 'SIGCONT');
    await waitFor('its return', async () => (await livenessOf(runtime, handle)).state === 'alive');
    expect(await outageOf(handle)).toBeUndefined();
  });

  it('ends a program of a stopped server, which can not close its pane', async () => {
    const { handle, pid } = await startStubborn('HUP TERM INT');
    process.kill(serverPid, 'SIGSTOP');
    await runtime.end(handle, { graceMs: 100 });
    await waitFor('its end', () => !isRunning(pid));
  });

  it('takes nothing that another server on the same socket says for its own', async () => {
    const { handle } = await startStubborn();
    renameSync(tmux.socketPath, `${tmux.socketPath}.before`);
    const other = await tmux.begin();
    const namesake = await runtime.start(programOf(tmux.directory, ['sleep', '60']));
    expect(other).not.toBe(serverPid);
    expect(parseTmuxHandle(namesake).paneId).toBe(handle.paneId);

    const view = await observe(runtime, handle);
    expect(view.liveness(handle).state).toBe('unknown');
    expect(view.outage!.message).toContain('another tmux server answers');
    expect(runtime.serverOf(handle)).not.toBe(runtime.serverOf(namesake));
    expect((await livenessOf(runtime, namesake)).state).toBe('alive');
    await expect(runtime.send(handle, 'x', { submit: true })).rejects.toThrow(RuntimeError);
  });

  it('asks each program’s own server, wherever its user starts new ones', async () => {
    const handle = await start('sleep', '60');
    const elsewhere = new TmuxRuntime({ socketPath: tmux.directory.file('another-socket') });
    expect((await livenessOf(elsewhere, handle)).state).toBe('alive');
    expect(await elsewhere.find()).toEqual([]);
  });

  it('says what to do where there is no tmux', async () => {
    const handle = await start('sleep', '60');
    const path = process.env['PATH'];
    process.env['PATH'] = tmux.directory.path;
    try {
      const blind = new TmuxRuntime({ socketPath: tmux.socketPath });
      const view = await observe(blind, handle);
      expect(view.liveness(handle).state).toBe('unknown');
      expect(view.outage!.message).toBe('there is no tmux on PATH: install it to see these sessions');
    } finally {
      process.env['PATH'] = path;
    }
  });
});

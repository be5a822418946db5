import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { knowProcess, type KnownProcess } from '../process/check-process.js';
import { endProcessTree } from '../process/end-process-tree.js';
import { systemClock } from '../process/system-clock.js';
import type { Clock } from '../session/clock.js';
import type { Handle } from '../session/handle.js';
import type { Liveness } from '../session/liveness.js';
import { messageOf } from '../session/message-of.js';
import { ExitWatch } from './exit-watch.js';
import { findProgram } from './find-program.js';
import { gatherLooks } from './gather-looks.js';
import { judgeProcess, type JudgeOptions } from './judge-process.js';
import { launch } from './launcher.js';
import { listProcessesOnce } from './list-processes-once.js';
import { readOutput, readSigns } from './output-file.js';
import { parseProcessHandle, type ProcessHandle } from './process-handle.js';
import { NotEndedError, NotSupportedError, RuntimeError } from './runtime-error.js';
import type { RuntimeView, Signs } from './runtime.js';
import type { Program, SessionHost } from './session-host.js';

/** Runs programs as plain processes, each in a process group of its own, for machines without tmux. */
export class ProcessRuntime implements SessionHost {
  readonly #clock: Clock;
  readonly #exits = new ExitWatch();

  constructor({ clock = systemClock }: { clock?: Clock } = {}) {
    this.#clock = clock;
  }

  serverOf(handle: Handle): string {
    const { host, bootId } = parseProcessHandle(handle);
    return `process:${host}:${bootId}`;
  }

  async observe(handles: Handle[]): Promise<RuntimeView> {
    const observedAt = new Date(this.#clock.now()).toISOString();
    const list = listProcessesOnce();
    const lookOf = await gatherLooks(handles.map(parseProcessHandle), async (handle) => {
      const seen = await look(handle, { observedAt, list });
      this.#follow(handle, seen.liveness);
      return seen;
    });
    const find = (handle: Handle): Look => lookOf(parseProcessHandle(handle));
    return {
      liveness: (handle) => find(handle).liveness,
      signs: (handle) => find(handle).signs,
      process: (handle) => knownProcess(parseProcessHandle(handle)),
      capture: (handle) => readOutput(parseProcessHandle(handle).outputFile),
    };
  }

  hint(onHint: () => void): () => void {
    return this.#exits.listen(onHint);
  }

  /** Starts a program without a terminal; it outlives this process. @throws {RuntimeError} */
  async start({ command, workspacePath, env, exitFile, outputFile }: Program): Promise<Handle> {
    const [name = '', ...parameters] = command;
    const program = findProgram(name, { cwd: workspacePath, path: process.env['PATH'] });
    const [shell = '', ...launcher] = launch([program, ...parameters], exitFile);
    const output = await openOutput(outputFile);
    try {
      const child = spawn(shell, launcher, {
        cwd: workspacePath,
        env: { ...process.env, ...env },
        detached: true,
        stdio: ['ignore', output.fd, output.fd],
      });
      await once(child, 'spawn');
      child.unref();
      return processHandle(child.pid ?? 0, exitFile, outputFile);
    } catch (error) {
      throw new RuntimeError(`can't start a process in ${workspacePath}: does that folder exist?`, {
        cause: error,
      });
    } finally {
      await output.close();
    }
  }

  send(): Promise<void> {
    return Promise.reject(
      new NotSupportedError('a plain process has no keyboard: spawn it in tmux to send it text'),
    );
  }

  async end(handle: Handle, { graceMs }: { graceMs: number }): Promise<void> {
    const root = knownProcess(parseProcessHandle(handle));
    const isGone = await endProcessTree(root, {
      graceMs,
      asksRoot: false,
      closeRoot: () => Promise.resolve(),
    });
    if (!isGone) throw NotEndedError.ofProcess(root.pid);
  }

  attachCommand(handle: Handle): Promise<string[]> {
    return Promise.resolve(['tail', '-n', '+1', '-f', parseProcessHandle(handle).outputFile]);
  }

  /** Listens for the end of what is there. */
  #follow(handle: ProcessHandle, { state }: Liveness): void {
    if (state === 'alive') this.#exits.follow(handle.exitFile, knownProcess(handle));
    else this.#exits.forget(handle.exitFile);
  }
}

async function openOutput(path: string): Promise<FileHandle> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND;
  try {
    // A pipe that lies there would be waited for.
    return await open(path, flags | constants.O_NONBLOCK | constants.O_NOFOLLOW, 0o600);
  } catch (error) {
    throw new RuntimeError(`the program's output can't be written to ${path}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

interface Look {
  liveness: Liveness;
  signs: Signs | null;
}

async function look(
  handle: ProcessHandle,
  { observedAt, list }: { observedAt: string } & Pick<JudgeOptions, 'list'>,
): Promise<Look> {
  const { exitFile, outputFile } = handle;
  const { detail, ...verdict } = await judgeProcess(knownProcess(handle), { exitFile, list });
  const liveness = { ...verdict, evidence: { source: 'process', detail, observedAt } };
  return { liveness, signs: verdict.state === 'dead' ? null : await readSigns(outputFile) };
}

const knownProcess = ({ pid, procStart, host, bootId, pidNamespace }: ProcessHandle): KnownProcess => ({
  pid,
  startTime: procStart,
  host,
  bootId,
  pidNamespace,
});

function processHandle(pid: number, exitFile: string, outputFile: string): ProcessHandle {
  const { startTime, ...machine } = knowProcess(pid);
  return { type: 'process', ...machine, procStart: startTime, exitFile, outputFile };
}

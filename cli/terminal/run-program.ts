import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode, messageOf } from '../../index.js';

/** How long a program may take to end after SIGTERM. */
const GRACE_MS = 2_000;

export interface ProgramOptions {
  /** argv: no shell reads it. */
  command: readonly string[];
  /** What it gets on stdin. */
  input: string;
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  /** Ends it early. */
  signal: AbortSignal;
}

/** Runs a program in a process group of its own; resolves to why it failed, null if it did not. */
export async function runProgram({
  command: [file = '', ...args],
  input,
  env,
  timeoutMs,
  signal,
}: ProgramOptions): Promise<string | null> {
  if (signal.aborted) return 'it was not started: the end came first';
  const child = spawn(file, args, { env, detached: true, stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = endOf(child);
  // A program need not read what it is given.
  child.stdin.on('error', (error) => {
    if (errorCode(error) !== 'EPIPE') child.emit('error', error);
  });
  child.stdin.end(input);
  const settled = new AbortController();
  const cut = Promise.race([
    delay(timeoutMs, `it took longer than ${timeoutMs} ms`, { signal: settled.signal }),
    aborted(signal, settled.signal),
  ]);
  const first = await Promise.race([
    ended.then((failure) => ({ failure })),
    cut.then((reason) => ({ reason })),
  ]);
  settled.abort();
  if ('failure' in first) return first.failure;
  await endGroup(child, ended);
  return first.reason;
}

/** Resolves to why it failed, null if it did not. */
const endOf = (child: ChildProcess): Promise<string | null> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(messageOf(error)));
    child.once('exit', (code, name) => {
      resolve(
        code === 0
          ? null
          : code === null
            ? `it was ended by ${name ?? 'a signal'}`
            : `it exited with ${code}`,
      );
    });
  });

const aborted = (signal: AbortSignal, settled: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve('it was ended with this command'), {
      once: true,
      signal: settled,
    });
  });

async function endGroup(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const waiting = new AbortController();
  await Promise.race([ended, delay(GRACE_MS, null, { signal: waiting.signal })]);
  waiting.abort();
  // Also when it has ended itself: what it started may still be there.
  signalGroup(child, 'SIGKILL');
  await ended;
}

function signalGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

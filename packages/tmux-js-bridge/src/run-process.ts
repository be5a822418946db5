import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface ProcessOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  stdin?: string;
  timeoutMs: number;
  signal?: AbortSignal;
}

export interface ProcessResult {
  stdout: string;
  stderr: string;
  exitCode: number | null;
  /** Why it was killed, if it was. */
  stoppedBy: 'timeout' | 'signal' | null;
}

/** Runs a program to its end without a shell. Rejects only if it can't be started. */
export function runProcess(
  file: string,
  args: readonly string[],
  { env, cwd, stdin = '', timeoutMs, signal }: ProcessOptions,
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, cwd, shell: false, stdio: 'pipe' });
    const readStdout = collect(child.stdout);
    const readStderr = collect(child.stderr);
    let stoppedBy: ProcessResult['stoppedBy'] = null;

    const stop = (by: 'timeout' | 'signal') => {
      stoppedBy ??= by;
      child.kill('SIGKILL');
      // Something else may hold the other ends, and `close` waits for them.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    };
    const onAbort = () => stop('signal');
    const timer = setTimeout(stop, timeoutMs, 'timeout');
    signal?.addEventListener('abort', onAbort, { once: true });
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };

    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (exitCode) => {
      settle();
      resolve({ stdout: readStdout(), stderr: readStderr(), exitCode, stoppedBy });
    });
    // A program that ends before it has read everything says why on stderr; EPIPE adds nothing.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

function collect(stream: Readable): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

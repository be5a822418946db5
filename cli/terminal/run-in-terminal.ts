import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { UsageError } from '../command-line/usage-error.js';

/** Hands this terminal to a program; resolves to its exit code. */
export async function runInTerminal([file = '', ...args]: readonly string[]): Promise<number> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UsageError(`this needs a terminal; from one, the command is: ${[file, ...args].join(' ')}`);
  }
  const child = spawn(file, args, { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

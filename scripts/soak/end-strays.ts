import { readdirSync, readFileSync } from 'node:fs';
import { errorCode } from '../../src/session/error-code.js';

/** Kills the processes whose command line or working directory is in a directory of the soak's own; returns how many. */
export function endStrays(directory: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const strays = pids.filter((pid) => isOf(pid, directory));
  for (const pid of strays) unlessGone(() => process.kill(Number(pid), 'SIGKILL'));
  return strays.length;
}

function isOf(pid: string, directory: string): boolean {
  const command = unlessGone(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '';
  return command.includes(`${directory}/`);
}

function unlessGone<Result>(act: () => Result): Result | null {
  try {
    return act();
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}

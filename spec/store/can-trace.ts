import { execFileSync } from 'node:child_process';

/** Whether strace(1) can make a program's system calls fail or wait here; if not, says why. */
export function canTrace(): boolean {
  try {
    execFileSync('strace', ['-f', '-e', 'trace=none', 'true'], { stdio: 'pipe' });
    return true;
  } catch (error) {
    process.stderr.write(`skipped, since strace cannot be used here: ${String(error)}\n`);
    return false;
  }
}

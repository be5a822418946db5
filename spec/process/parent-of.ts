import { execFileSync } from 'node:child_process';

/** The parent of a process, as `ps` has it. */
export const parentOf = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));

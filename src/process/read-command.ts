import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { errorCode } from '../session/error-code.js';

/** Which command a process runs, as argv; empty if it is gone, is the kernel's, or may not be read. */
export const readCommand = (pid: number): string[] =>
  platform() === 'linux' ? readFromProc(pid) : readFromPs(pid);

function readFromProc(pid: number): string[] {
  try {
    return parseCmdline(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return [];
  }
}

/** Reads a /proc/PID/cmdline by proc_pid_cmdline(5); a program that changed its title leaves empty arguments behind it. */
export function parseCmdline(cmdline: string): string[] {
  return cmdline
    .replace(/\0+$/, '')
    .split('\0')
    .filter((argument, index) => index > 0 || argument !== '');
}

/** `ps` joins the arguments by spaces: those that hold one are cut there. */
function readFromPs(pid: number): string[] {
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], {
    encoding: 'utf8',
    timeout: 5_000,
  });
  return parsePsCommand(stdout);
}

/** Reads what `ps -o command=` says of one process. */
export const parsePsCommand = (output: string): string[] => output.trim().split(/\s+/).filter(Boolean);

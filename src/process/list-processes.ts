import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { errorCode } from '../session/error-code.js';

/**
 * Where a process stands among the others. `sessionId` is the pid of the process that began its session, by
 * proc_pid_stat(5), field 6; where there is no /proc, its process group's leader stands in for that.
 */
export interface ProcessPlace {
  pid: number;
  parentPid: number;
  sessionId: number;
}

/** All processes of this moment, zombies included. */
export const listProcesses = (): ProcessPlace[] => (platform() === 'linux' ? listProc() : listPs());

function listProc(): ProcessPlace[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const [, parentPid, , sessionId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [{ pid: Number(pid), parentPid: Number(parentPid), sessionId: Number(sessionId) }];
    } catch (error) {
      // It ended between the listing and the reading.
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return [];
      throw error;
    }
  });
}

const listPs = (): ProcessPlace[] =>
  parsePsPlaces(execFileSync('ps', ['-axo', 'pid=,ppid=,pgid='], { encoding: 'utf8' }));

/** Reads what `ps -axo pid=,ppid=,pgid=` says. */
export const parsePsPlaces = (output: string): ProcessPlace[] =>
  output
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parentPid = 0, sessionId = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parentPid, sessionId };
    });

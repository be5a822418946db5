import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { errorCode } from '../session/error-code.js';
import { messageOf } from '../session/message-of.js';

/**
 * A process as it is now. `startTime` tells it from a later one of the same pid: clock ticks since boot on Linux
 * (proc_pid_stat(5), field 22), the text of `ps -o lstart` elsewhere. A zombie is gone: it runs no more. A process that
 * `isStopped` (Ctrl-Z, SIGSTOP) does nothing until it is continued.
 */
export type ProcessState =
  | { type: 'running'; startTime: string; isStopped?: true }
  | { type: 'gone'; detail: string; startTime: string | null }
  | { type: 'unknown'; detail: string };

/** Reads one process. Whatever keeps it from being read, but for its absence, makes it `unknown`. */
export const readProcess = (pid: number): ProcessState =>
  platform() === 'linux' ? readFromProc(pid) : readFromPs(pid);

function readFromProc(pid: number): ProcessState {
  try {
    return parseProcStat(pid, readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ESRCH'
      ? confirmGone(pid)
      : { type: 'unknown', detail: `process ${pid} can't be read: ${code ?? messageOf(error)}` };
  }
}

/** Where /proc is mounted with `hidepid`, it leaves out the processes of other users; a signal finds them. */
function confirmGone(pid: number): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return gone(pid);
    if (errorCode(error) !== 'EPERM') throw error;
  }
  return { type: 'unknown', detail: `process ${pid} is there, but hidden` };
}

/** Reads a line of /proc/PID/stat: what follows the last parenthesis, since a name may hold some itself. */
export function parseProcStat(pid: number, stat: string): ProcessState {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, threadCount, startTime] = [fields[0], fields[17], fields[19]];
  if (!state || !startTime) {
    return { type: 'unknown', detail: `process ${pid} has a stat line of another kind` };
  }
  // The first thread may have ended while others still run.
  const isEnded = state === 'X' || state === 'x' || (state === 'Z' && Number(threadCount) <= 1);
  return isEnded ? zombie(pid, startTime) : running(startTime, state === 'T');
}

function readFromPs(pid: number): ProcessState {
  const { status, stdout, error } = spawnSync('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    timeout: 5_000,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  });
  return parsePsState(pid, { status, stdout, error });
}

/** Reads what `ps -o stat= -o lstart= -p PID` said; a `ps` that could not be run, as in a full process table, is no answer. */
export function parsePsState(
  pid: number,
  { status, stdout, error }: { status: number | null; stdout: string; error?: Error | undefined },
): ProcessState {
  if (error) return { type: 'unknown', detail: `ps can't be asked about process ${pid}: ${error.message}` };
  const [, state, startTime] = /^\s*(\S+)\s+(.*\S)\s*$/.exec(stdout) ?? [];
  if (!state || !startTime) {
    return status === 1 ? gone(pid) : { type: 'unknown', detail: `ps said nothing about process ${pid}` };
  }
  return state.startsWith('Z') ? zombie(pid, startTime) : running(startTime, state.startsWith('T'));
}

const running = (startTime: string, isStopped: boolean): ProcessState => ({
  ...{ type: 'running', startTime },
  ...(isStopped ? { isStopped } : {}),
});

const gone = (pid: number): ProcessState => ({
  type: 'gone',
  detail: `there is no process ${pid}`,
  startTime: null,
});

const zombie = (pid: number, startTime: string): ProcessState => ({
  type: 'gone',
  detail: `process ${pid} is a zombie`,
  startTime,
});

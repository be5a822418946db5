import type { KnownProcess } from './check-process.js';
import { listProcesses, type ProcessPlace } from './list-processes.js';
import { readProcess } from './read-process.js';
import { isThisMachine } from './this-machine.js';

/**
 * What still runs of the session that a process began, when that process itself is gone. The system gives a pid to nobody
 * else as long as its session lasts: where another process has it by now, nothing is left.
 */
export function listSurvivors(
  leader: KnownProcess,
  { list = listProcesses }: { list?: () => readonly ProcessPlace[] } = {},
): number[] {
  if (!isThisMachine(leader) || readProcess(leader.pid).type !== 'gone') return [];
  return list()
    .filter(({ sessionId, pid }) => sessionId === leader.pid && readProcess(pid).type === 'running')
    .map(({ pid }) => pid);
}

import { readProcess } from './read-process.js';
import { thisMachine, type Machine } from './this-machine.js';

/** One process for all time: its pid alone is used again. */
export interface KnownProcess extends Machine {
  pid: number;
  /** Null if it was not caught alive: then only the absence of its pid is proof. */
  startTime: string | null;
}

/** Whether one process still runs, and how that is known. */
export interface ProcessVerdict {
  state: 'alive' | 'dead' | 'unknown';
  detail: string;
}

/** What tells the process of this pid from every other. */
export function knowProcess(pid: number): KnownProcess {
  const now = readProcess(pid);
  return { pid, startTime: now.type === 'unknown' ? null : now.startTime, ...thisMachine() };
}

/** Whether this very process still runs. Another machine's or namespace's can't be told from here. */
export function checkProcess({ pid, startTime, host, bootId, pidNamespace }: KnownProcess): ProcessVerdict {
  const here = thisMachine();
  if (host !== here.host) return { state: 'unknown', detail: `process ${pid} is on another machine` };
  if (bootId !== here.bootId) return { state: 'dead', detail: `process ${pid} ran before the last boot` };
  if (pidNamespace !== here.pidNamespace) {
    return { state: 'unknown', detail: `process ${pid} is in another pid namespace` };
  }
  const now = readProcess(pid);
  if (now.type === 'unknown') return { state: 'unknown', detail: now.detail };
  if (now.type === 'gone') return { state: 'dead', detail: now.detail };
  if (startTime === null) return { state: 'unknown', detail: `process ${pid} may be another one by now` };
  return now.startTime === startTime
    ? { state: 'alive', detail: `process ${pid} runs` }
    : { state: 'dead', detail: `pid ${pid} belongs to another process now` };
}

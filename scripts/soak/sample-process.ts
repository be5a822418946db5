import { readdirSync, readFileSync } from 'node:fs';
import { errorCode } from '../../src/session/error-code.js';

/** What the system says that a process holds. */
export interface Holdings {
  descriptors: number;
  /** Files and directories that are watched. */
  watches: number;
  children: number;
  /** Processor time since its start, its own and that of its ended children, in seconds. */
  processorSeconds: number;
}

/** How many of the ticks that proc_pid_stat(5) counts in make a second. */
const TICKS_A_SECOND = 100;

/** Asks /proc about a process; null if it is gone. */
export function sampleProcess(pid: number): Holdings | null {
  try {
    const descriptors = readdirSync(`/proc/${pid}/fd`);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    const watches = descriptors.map((descriptor) => countWatches(pid, descriptor));
    return {
      descriptors: descriptors.length,
      watches: watches.reduce((sum, count) => sum + count, 0),
      children: children.length,
      processorSeconds: readProcessorSeconds(pid),
    };
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}

function readProcessorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) / TICKS_A_SECOND, 0);
}

function countWatches(pid: number, descriptor: string): number {
  try {
    return readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8').split(/^inotify wd:/m).length - 1;
  } catch (error) {
    // It was closed since it was listed.
    if (['ENOENT', 'ESRCH'].includes(errorCode(error) ?? '')) return 0;
    throw error;
  }
}

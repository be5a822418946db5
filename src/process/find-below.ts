import { knowProcess, type KnownProcess } from './check-process.js';
import { readChildren } from './read-children.js';
import { readCommand } from './read-command.js';
import { readProcess } from './read-process.js';

/** A process that was looked for: what was seen in its command, and what tells it from every other. */
export interface FoundProcess<T> {
  seen: T;
  process: KnownProcess;
  parentPid: number;
}

/** More than any shell has below it; a tree that grows while it is walked must end. */
const MAX_PROCESSES = 512;

/** The process nearest below this one, or itself, in whose command something is seen; null if there is none. */
export function findBelow<T>(pid: number, see: (command: string[]) => T | null): FoundProcess<T> | null {
  const next = [{ pid, parentPid: 0 }];
  for (let count = 0; count < MAX_PROCESSES; count += 1) {
    const place = next.shift();
    if (!place) return null;
    const found = seeIn(place, see);
    if (found) return found;
    next.push(...readChildren(place.pid).map((child) => ({ pid: child, parentPid: place.pid })));
  }
  return null;
}

/** Looks at one process; null if nothing is seen in its command, or it runs no more. */
export function seeIn<T>(
  { pid, parentPid }: { pid: number; parentPid: number },
  see: (command: string[]) => T | null,
): FoundProcess<T> | null {
  const seen = see(readCommand(pid));
  if (seen === null || readProcess(pid).type !== 'running') return null;
  const process = knowProcess(pid);
  return process.startTime === null ? null : { seen, process, parentPid };
}

import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { errorCode } from '../session/error-code.js';
import { listProcesses } from './list-processes.js';

/** Deeper than any real tree: a pid that is used again while it is read can't lead round for ever. */
const MAX_DEPTH = 64;

/** Tells a process's parent; 0 where there is none to be seen. */
export type ParentOf = (pid: number) => number;

/** Reads parents: each by itself on Linux, all at once elsewhere. */
export const parentReader = (): ParentOf => (platform() === 'linux' ? readParent : parentsByPs());

/** The parents of this process, nearest first, as far as they can be read. */
export function listAncestors(pid: number, parentOf = parentReader()): number[] {
  const ancestors: number[] = [];
  for (let parent = parentOf(pid); parent > 0 && ancestors.length < MAX_DEPTH; parent = parentOf(parent)) {
    ancestors.push(parent);
  }
  return ancestors;
}

/** The parent by proc_pid_stat(5), field 4; 0 where there is none to be seen. */
function readParent(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [, parentPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(parentPid);
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return 0;
  }
}

function parentsByPs(): ParentOf {
  const parents = new Map(listProcesses().map(({ pid, parentPid }) => [pid, parentPid]));
  return (pid) => parents.get(pid) ?? 0;
}

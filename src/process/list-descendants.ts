import { listProcesses } from './list-processes.js';

/** The processes below this one, parents first; a moment later there may be others. */
export function listDescendants(pid: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const { pid: child, parentPid } of listProcesses()) {
    childrenOf.set(parentPid, [...(childrenOf.get(parentPid) ?? []), child]);
  }
  const descendants: number[] = [];
  for (const next = [pid]; next.length > 0;) {
    const children = childrenOf.get(next.shift() ?? 0) ?? [];
    descendants.push(...children);
    next.push(...children);
  }
  return descendants;
}

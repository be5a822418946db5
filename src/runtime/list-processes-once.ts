import { listProcesses, type ProcessPlace } from '../process/list-processes.js';

/** Lists all processes when it is first called, and gives the same list from then on: one look needs no second one. */
export function listProcessesOnce(): () => readonly ProcessPlace[] {
  let processes: readonly ProcessPlace[] | null = null;
  return () => (processes ??= listProcesses());
}

import { readdirSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { errorCode } from '../session/error-code.js';
import { listProcesses } from './list-processes.js';

/** The children of a process at this moment; none if it is gone. */
export const readChildren = (pid: number): number[] =>
  (platform() === 'linux' ? readFromProc(pid) : null) ?? findInList(pid);

/** By proc_tid_children(5), a file for each thread; null where the kernel was built without it. */
function readFromProc(pid: number): number[] | null {
  const tasks = `/proc/${pid}/task`;
  const threads = unlessGone(() => readdirSync(tasks)) ?? [];
  const lists = threads.map((thread) =>
    unlessGone(() => readFileSync(`${tasks}/${thread}/children`, 'latin1')),
  );
  if (threads.length > 0 && lists.every((list) => list === null)) return null;
  return lists.flatMap((list) => (list ?? '').split(' ').filter(Boolean).map(Number));
}

const findInList = (pid: number): number[] =>
  listProcesses()
    .filter(({ parentPid }) => parentPid === pid)
    .map(({ pid: child }) => child);

function unlessGone<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return null;
    throw error;
  }
}

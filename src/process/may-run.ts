import { errorCode } from '../session/error-code.js';
import type { KnownProcess } from './check-process.js';
import { isThisMachine } from './this-machine.js';

/** Whether a process may still run: a cheap first look that is only ever sure of an absence. */
export function mayRun({ pid, ...machine }: KnownProcess): boolean {
  if (!isThisMachine(machine)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

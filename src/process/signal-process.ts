import { errorCode } from '../session/error-code.js';
import { checkProcess, type KnownProcess } from './check-process.js';

/** Sends a signal to this very process; nothing happens if it is gone, or can't be told from another. */
export function signalProcess(known: KnownProcess, signal: NodeJS.Signals): void {
  if (checkProcess(known).state !== 'alive') return;
  try {
    process.kill(known.pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

import { ProgramGoneError, SessionConflictError, UnknownSessionError } from '../../index.js';
import { errorCode } from '../../src/session/error-code.js';

/** What who acts on a session is told when it has ended, or is gone, since. */
const TOO_LATE =
  /is gone|has ended|was ended|had ended|no session|can't find|no pane|no server|exited|ended while/i;

/** Whether an act failed only because the session ended first, be it told by an error or by a command's last line. */
export function isTooLate(error: unknown): boolean {
  if (error instanceof ProgramGoneError || error instanceof SessionConflictError) return true;
  if (error instanceof UnknownSessionError || errorCode(error) === 'ESRCH') return true;
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return TOO_LATE.test(said);
}

import { NotSupportedError, ProgramGoneError } from '../runtime/runtime-error.js';
import { sessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { isTerminal } from '../session/status.js';
import type { ControlContext } from './control-context.js';
import { findHost } from './find-host.js';

/**
 * The command, as argv, that shows a session's program on the terminal.
 * @throws {ProgramGoneError | NotSupportedError | RuntimeError | InvalidRequestError}
 */
export async function attachCommand(context: ControlContext, session: Session): Promise<string[]> {
  const { handle, runtime, status } = session;
  if (!handle || isTerminal(status)) {
    throw new ProgramGoneError(`${sessionKey(session)} has nothing to attach to: it is ${status}`);
  }
  const command = await findHost(runtime, context).attachCommand(handle);
  if (!command) throw new NotSupportedError(`sessions of the runtime ${runtime} can't be attached to`);
  return command;
}

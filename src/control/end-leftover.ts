import { isAdopted } from '../agent/is-adopted.js';
import { NotEndedError } from '../runtime/runtime-error.js';
import { sessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import type { ControlContext } from './control-context.js';
import { findHost } from './find-host.js';

const LOOK_TIMEOUT_MS = 5_000;

/**
 * Ends the program of a session whose record says that it has ended, as an interrupted kill leaves it; whether there was
 * one. @throws {NotEndedError} if it is not proven gone. @throws {InvalidRequestError | RuntimeError}
 */
export async function endLeftover(
  context: ControlContext,
  session: Session,
  { graceMs }: { graceMs: number },
): Promise<boolean> {
  const { handle, runtime, status, exit } = session;
  if (!handle) return false;
  // The agent is gone, and the shell that it ran in was somebody's before.
  if (exit?.reason === 'agent_exited' && isAdopted(session)) return false;
  const host = findHost(runtime, context);
  const view = await host.observe([handle], { signal: AbortSignal.timeout(LOOK_TIMEOUT_MS) });
  const { state, evidence } = view.liveness(handle);
  if (state === 'dead') return false;
  try {
    await host.end(handle, { graceMs });
    return true;
  } catch (error) {
    if (state === 'alive' || !(error instanceof NotEndedError)) throw error;
    const why = view.outage ? `${evidence.detail}, and its server does not answer` : evidence.detail;
    throw new NotEndedError(
      `${sessionKey(session)} is recorded as ${status}, but nobody can tell whether its program has ended: ${why}`,
      { cause: error },
    );
  }
}

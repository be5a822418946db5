import { ProgramGoneError } from '../runtime/runtime-error.js';
import type { Activity } from '../session/activity.js';
import { sessionKey, type SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { isTerminal } from '../session/status.js';
import type { ControlContext } from './control-context.js';
import { withRecordLock } from '../store/record-lock.js';
import { findHost } from './find-host.js';
import { readActivity } from './read-activity.js';

/** What is typed, and when. */
export interface SendOptions {
  text: string;
  /** Whether Enter follows. */
  submit: boolean;
  /** Send nothing unless the agent is doing this at this moment. */
  onlyIf?: Activity | undefined;
}

/** It was not sent: the agent is doing something else. */
export class NotNowError extends Error {
  constructor(key: SessionKey, wanted: Activity, activity: Activity | null) {
    super(`nothing was sent: ${key} is ${activity ?? 'of unknown activity'}, not ${wanted}`);
    this.name = 'NotNowError';
  }
}

/**
 * Types text into a session's program, verbatim. @throws {NotNowError} if `onlyIf` doesn't hold.
 * @throws {ProgramGoneError | InvalidRequestError | RuntimeError | StoreError}
 */
export async function sendText(
  context: ControlContext,
  session: Session,
  { text, submit, onlyIf }: SendOptions,
): Promise<void> {
  const { handle, status } = session;
  if (isTerminal(status)) throw new ProgramGoneError(`${sessionKey(session)} has ended: it is ${status}`);
  if (!handle)
    throw new ProgramGoneError(`${sessionKey(session)} has not started yet: try again in a moment`);
  if (onlyIf !== undefined) {
    const activity = await readActivity(context, session, handle);
    if (activity !== onlyIf) throw new NotNowError(sessionKey(session), onlyIf, activity);
  }
  await withRecordLock(
    context.sessions.layout,
    sessionKey(session),
    () => findHost(session.runtime, context).send(handle, text, { submit }),
    // Two that type at once would mix their words.
    { purpose: 'send' },
  );
}

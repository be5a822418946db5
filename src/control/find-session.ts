import { sessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { UnknownSessionError } from '../store/errors.js';
import type { SessionManager } from '../store/session-manager.js';

/**
 * The session of exactly this `ID` or `PROJECT/ID`: a prefix is not enough to act on somebody's work.
 * @throws {UnknownSessionError | AmbiguousSessionError}
 */
export async function findSession(sessions: SessionManager, text: string): Promise<Session> {
  const session = await sessions.findByPrefix(text);
  if (session.id === text || sessionKey(session) === text) return session;
  throw new UnknownSessionError(text);
}

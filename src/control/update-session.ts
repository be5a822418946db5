import type { SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { SessionConflictError, UnknownSessionError } from '../store/errors.js';
import type { SessionManager } from '../store/session-manager.js';

const MAX_TRIES = 10;

/** Changes a record as it is on disk by then, also when others write it; `change` returns null to leave it. */
export async function updateSession(
  sessions: SessionManager,
  key: SessionKey,
  { change, writtenBy }: { change: (session: Session) => Session | null; writtenBy: string },
): Promise<Session> {
  for (let tries = 1; ; tries += 1) {
    const session = await sessions.get(key);
    if (!session) throw new UnknownSessionError(key);
    const next = change(session);
    if (!next) return session;
    try {
      return await sessions.save({ ...next, projectId: session.projectId, id: session.id }, { writtenBy });
    } catch (error) {
      if (!(error instanceof SessionConflictError) || tries === MAX_TRIES) throw error;
    }
  }
}

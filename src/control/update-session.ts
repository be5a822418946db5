import type { SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { SessionConflictError } from '../store/errors.js';
import type { SessionManager } from '../store/session-manager.js';

const MAX_TRIES = 10;

/** Changes a record as it is on disk by then, also when others write it; `change` returns null to leave it. */
export async function updateSession(
  sessions: SessionManager,
  key: SessionKey,
  { change, writtenBy }: { change: (session: Session) => Session | null; writtenBy: string },
): Promise<Session> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await sessions.update(key, change, { writtenBy });
    } catch (error) {
      // Only an editor, which asks for no lock, comes in between.
      if (!(error instanceof SessionConflictError) || tries === MAX_TRIES) throw error;
    }
  }
}

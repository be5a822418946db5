import { sessionKey, type SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { isTerminal } from '../session/status.js';
import type { ControlContext } from './control-context.js';

/** Which sessions are archived. */
export interface PruneOptions {
  /** How long ago a session must have ended. */
  olderThanMs: number;
  /** Whether to archive nothing, and only tell what would be. */
  isDryRun?: boolean;
}

/** Archives the sessions that ended long ago, and clears away what killed writers left; returns their keys, oldest first. */
export async function pruneSessions(
  { sessions, clock }: Pick<ControlContext, 'sessions' | 'clock'>,
  { olderThanMs, isDryRun = false }: PruneOptions,
): Promise<SessionKey[]> {
  const before = clock.now() - olderThanMs;
  const hasEndedBefore = (session: Session): boolean =>
    isTerminal(session.status) && endedAtMs(session) < before;
  const snapshot = await sessions.list();
  const old = snapshot.sessions.filter(hasEndedBefore).map(sessionKey).reverse();
  if (isDryRun) return old;
  const archived: SessionKey[] = [];
  // It may have been brought back since it was listed.
  for (const key of old) if (await sessions.archiveIf(key, hasEndedBefore)) archived.push(key);
  await sessions.tidy();
  return archived;
}

/** When it ended; a record that doesn't say so was changed last when it did, or later. */
function endedAtMs({ exit, updatedAt }: Session): number {
  const at = Date.parse(exit?.at ?? '');
  return Number.isNaN(at) ? Date.parse(updatedAt) : at;
}

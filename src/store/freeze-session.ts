import type { Session } from '../session/session.js';

/** Makes a session, and all that it holds, unchangeable: it can then be shared. */
export function freezeSession(session: Session): Readonly<Session> {
  freeze(session);
  return session;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const field in value) freeze((value as Record<string, unknown>)[field]);
  Object.freeze(value);
}

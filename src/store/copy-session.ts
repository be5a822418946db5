import type { Session } from '../session/session.js';
import { digestOf, withDigest } from './digest.js';

/** A session that shares nothing with this one, and remembers the bytes it was read from as well. */
export function copySession(session: Session): Session {
  const copy = copyJson(session) as Session;
  const digest = digestOf(session);
  return digest === undefined ? copy : withDigest(copy, digest);
}

function copyJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  const copy: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(value)) copy[field] = copyJson(inner);
  return copy;
}

import { createHash } from 'node:crypto';
import type { Session } from '../session/session.js';

/**
 * Where a session that was read or saved keeps the digest of its bytes on disk. A copy made by spreading keeps it,
 * JSON does not.
 */
export const DIGEST: unique symbol = Symbol.for('session-vitals:digest');

/** The SHA-256 of a record's bytes, in hexadecimal. */
export const digestBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The digest of the bytes that a session was read from; undefined if it never was, or came through JSON. */
export function digestOf(session: Session): string | undefined {
  const digest: unknown = (session as { [DIGEST]?: unknown })[DIGEST];
  return typeof digest === 'string' ? digest : undefined;
}

/** A session with the digest of the bytes it was read from. */
export const withDigest = (session: Session, digest: string): Session =>
  Object.assign(session, { [DIGEST]: digest });

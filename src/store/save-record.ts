import { dirname } from 'node:path';
import { sessionKey, type SessionKey } from '../session/session-key.js';
import { SESSION_FORMAT, type Session } from '../session/session.js';
import { digestOf } from './digest.js';
import { InvalidSessionError, SessionConflictError, SessionTooLargeError } from './errors.js';
import { getRecord } from './get-record.js';
import type { HomeLayout } from './home-layout.js';
import { makeDirectory } from './make-directory.js';
import { MAX_RECORD_BYTES, parseRecord } from './parse-record.js';
import { writeAtomically, type WriteOptions } from './write-atomically.js';

/**
 * Writes the next revision of a session and returns it, unless its record isn't the one that the session was read from.
 * The record's lock must be held. `now` is epoch milliseconds.
 */
export async function saveRecord(
  layout: HomeLayout,
  session: Session,
  { writtenBy, now, ...options }: { writtenBy: string; now: number } & WriteOptions,
): Promise<Session> {
  const key = sessionKey(session);
  const path = layout.sessionFile(key);
  const updatedAt = new Date(now).toISOString();
  const next: Session = { ...session, format: SESSION_FORMAT, rev: session.rev + 1, writtenBy, updatedAt };
  const bytes = serialise(key, next);
  // What could not be read again must not be written.
  const parsed = parseRecord(bytes, key);
  if (parsed.type === 'unreadable') throw new InvalidSessionError(key, parsed.message);
  const current = await getRecord(layout, key);
  checkUnchanged(key, session, current);
  if (!current) await makeDirectory(dirname(path), { root: layout.home });
  await writeAtomically(path, bytes, options);
  return parsed.session;
}

function checkUnchanged(key: SessionKey, session: Session, current: Session | null): void {
  const digest = digestOf(session);
  const isNew = session.rev === 0 && digest === undefined;
  const isUnchanged = current
    ? !isNew && session.rev === current.rev && (digest ?? digestOf(current)) === digestOf(current)
    : isNew;
  if (!isUnchanged) throw new SessionConflictError(key, isNew ? null : session.rev, current);
}

function serialise(key: SessionKey, session: Session): Uint8Array {
  let text: string;
  try {
    text = JSON.stringify(session, null, 2);
  } catch (error) {
    throw new InvalidSessionError(key, 'it holds something that JSON cannot express', error);
  }
  const bytes = Buffer.from(`${text}\n`);
  if (bytes.length > MAX_RECORD_BYTES) throw new SessionTooLargeError(key, bytes.length, MAX_RECORD_BYTES);
  return bytes;
}

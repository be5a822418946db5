import { describeIssue } from '../session/describe-issue.js';
import { sessionKey, type SessionKey } from '../session/session-key.js';
import { sessionSchema, type Session } from '../session/session.js';
import { digestBytes, withDigest } from './digest.js';
import { parseJson } from './parse-json.js';
import { upgradeRecord } from './upgrade-record.js';

/** The largest record that is read, in bytes. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** The session that a record's bytes hold, or why they hold none: one plain line. */
export type ParsedRecord = { type: 'record'; session: Session } | { type: 'unreadable'; message: string };

/** Reads the session `key` from its record's bytes. */
export function parseRecord(bytes: Uint8Array, key: SessionKey): ParsedRecord {
  if (bytes.length > MAX_RECORD_BYTES) return unreadable('it is larger than 1 MiB');
  const json = parseJson(bytes);
  if (json.type === 'refused') return unreadable(json.message);
  const upgraded = upgradeRecord(json.value);
  if (upgraded.type === 'refused') return unreadable(upgraded.message);
  const { success, data, error } = sessionSchema.safeParse(upgraded.value);
  if (!success) return unreadable(describeIssue(error.issues[0], { whole: 'it is no JSON object' }));
  const found = sessionKey(data);
  if (found !== key) return unreadable(`it says that it is ${found}, and lies in the place of ${key}`);
  return { type: 'record', session: withDigest(data, digestBytes(bytes)) };
}

const unreadable = (message: string): ParsedRecord => ({ type: 'unreadable', message });

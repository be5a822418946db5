import type { Session } from '../session/session.js';
import type { UnreadableFile } from '../session/snapshot.js';
import { isSameState, isSettled, readFileState, toFileState, type FileState } from './file-state.js';
import { freezeSession } from './freeze-session.js';
import type { RecordPlace } from './list-records.js';
import { readRecord } from './read-record.js';

interface Known {
  place: RecordPlace;
  /** What the file was when it was read; null where that would not tell a later change. */
  state: FileState | null;
}

/** A record that was read. `createdMs` is epoch milliseconds. */
export type KnownRecord = Known & { type: 'record'; session: Readonly<Session>; createdMs: number };

/** What was read in a record's place. */
export type KnownFile = KnownRecord | (Known & { type: 'unreadable'; file: UnreadableFile });

/** Reads what lies in a record's place; null if nothing does. */
export function readKnownFile(place: RecordPlace): KnownFile | null {
  const { path, projectId, id, key } = place;
  let state: FileState | null = null;
  const onDisk = readRecord(path, key, {
    onOpened: (stats) => {
      state = isSettled(stats) ? toFileState(stats) : null;
    },
  });
  if (onDisk.type === 'missing') return null;
  if (onDisk.type === 'unreadable') {
    const { message, fingerprint } = onDisk;
    return { type: 'unreadable', place, state, file: { path, projectId, id, message, fingerprint } };
  }
  const session = freezeSession(onDisk.session);
  return { type: 'record', place, state, session, createdMs: Date.parse(session.createdAt) };
}

/** Whether a file is still what was read. */
export function isStillKnown({ place, state }: KnownFile): boolean {
  if (!state) return false;
  const now = readFileState(place.path);
  return now !== null && isSameState(now, state);
}

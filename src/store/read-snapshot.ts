import type { Session } from '../session/session.js';
import { sessionKey } from '../session/session-key.js';
import type { Snapshot, UnreadableFile } from '../session/snapshot.js';
import type { HomeLayout } from './home-layout.js';
import { listRecords, type RecordPlace } from './list-records.js';
import { mapConcurrently } from './map-concurrently.js';
import type { RecordCache } from './record-cache.js';
import type { RecordOnDisk } from './read-record.js';

const FILES_AT_ONCE = 32;

/** Reads all records of a home. A file that is gone by the time it is opened is no part of the snapshot. */
export async function readSnapshot(layout: HomeLayout, cache: RecordCache): Promise<Snapshot> {
  const { places, unreadable } = await listRecords(layout);
  const sweep = cache.sweep();
  const onDisk = await mapConcurrently(places, FILES_AT_ONCE, sweep.read);
  sweep.end();
  return {
    sessions: newestFirst(onDisk.flatMap((found) => (found.type === 'record' ? [found.session] : []))),
    unreadable: [
      ...unreadable,
      ...places.flatMap((place, index) => describeUnreadable(place, onDisk[index])),
    ].sort((one, other) => compare(one.path, other.path)),
  };
}

function describeUnreadable(
  { path, projectId, id }: RecordPlace,
  onDisk: RecordOnDisk | undefined,
): UnreadableFile[] {
  if (onDisk?.type !== 'unreadable') return [];
  return [{ path, projectId, id, message: onDisk.message, fingerprint: onDisk.fingerprint }];
}

function newestFirst(sessions: Session[]): Session[] {
  return sessions
    .map((session) => ({ session, key: sessionKey(session), createdMs: Date.parse(session.createdAt) }))
    .sort((one, other) => other.createdMs - one.createdMs || compare(one.key, other.key))
    .map(({ session }) => session);
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

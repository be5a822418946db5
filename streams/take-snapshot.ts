import { catchError, defer, from, map, of, type Observable } from 'rxjs';
import { messageOf } from '../src/session/message-of.js';
import type { SessionKey } from '../src/session/session-key.js';
import type { Snapshot } from '../src/session/snapshot.js';

/** A snapshot, with the sessions that it may be out of date about because their last probe was still out. */
export type BusySnapshot = Snapshot & { busy: ReadonlySet<SessionKey> };

export type SnapshotResult = ({ type: 'snapshot' } & BusySnapshot) | { type: 'failed'; message: string };

/** Reads every record from disk, once. A failed listing is a result, not an error. */
export function takeSnapshot(list: () => Promise<BusySnapshot>): Observable<SnapshotResult> {
  return defer(() => from(list())).pipe(
    map((snapshot): SnapshotResult => ({ type: 'snapshot', ...snapshot })),
    catchError((error: unknown) => of<SnapshotResult>({ type: 'failed', message: messageOf(error) })),
  );
}

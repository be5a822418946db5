import type { Session } from '../src/session/session.js';

/** What comes before the events of a snapshot that goes on: each session, and then the cursor of the place they are of. */
export type SnapshotLine = { type: 'session'; session: Session } | { type: 'synced'; cursor: string };

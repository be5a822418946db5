import { formatCursor } from '../src/session/place.js';
import { sessionKey } from '../src/session/session-key.js';
import type { Session } from '../src/session/session.js';
import type { Snapshot } from '../src/session/snapshot.js';
import type { ToldView } from '../src/session/told-view.js';
import type { LifecycleEvent } from '../src/session/event.js';
import type { EventIterator, EventIteratorOptions } from './event-iterator.js';
import type { HomeLoop } from './home-loop.js';
import type { Store } from './loop.js';
import type { SnapshotLine } from './snapshot-line.js';

/** How often a pass is made so that the records say nothing that is untold, before it is done without. */
const MAX_TRIES = 4;

export interface SnapshotThenEventsOptions {
  loop: HomeLoop;
  sessions: Pick<Store, 'list'>;
  openEvents: (options: EventIteratorOptions) => EventIterator;
}

/** All sessions as they were told of up to one place, that place's cursor, and then every event after it. */
export async function* snapshotThenEvents(
  { loop, sessions, openEvents }: SnapshotThenEventsOptions,
  { where = () => true, signal, ...options }: EventIteratorOptions = {},
): AsyncGenerator<SnapshotLine | LifecycleEvent, void, undefined> {
  const { told, leave } = await loop.join();
  try {
    for (let tries = 1; ; tries += 1) {
      const snapshot = await sessions.list();
      // From here to the subscription in one go, or something could be told in between.
      const now = told();
      const isInAgreement = now.told.agreesWith(snapshot);
      if (isInAgreement || tries === MAX_TRIES) {
        const { seq } = now.at;
        const events = openEvents({
          ...options,
          ...(signal && { signal }),
          where: (event) => event.seq > seq && where(event),
        });
        try {
          const lines = isInAgreement ? snapshot.sessions : asTold(snapshot, now.told);
          for (const session of lines) {
            if (signal?.aborted) return;
            yield { type: 'session', session };
          }
          if (signal?.aborted) return;
          yield { type: 'synced', cursor: formatCursor(now.at) };
          yield* events;
          return;
        } finally {
          await events.return();
        }
      }
      await loop.tick();
    }
  } finally {
    await leave();
  }
}

/** The records as they were told of: what they say beyond that comes as events. */
function asTold({ sessions }: Snapshot, told: ToldView): Session[] {
  return sessions.flatMap((session) => {
    const known = told.of(sessionKey(session));
    if (known?.createdAt !== session.createdAt) return [];
    return [{ ...session, status: known.status, activity: known.activity }];
  });
}

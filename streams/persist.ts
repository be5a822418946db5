import { defer, from, of, type Observable } from 'rxjs';
import { sameHandle } from '../src/session/handle.js';
import type { EventBody } from '../src/session/event.js';
import { messageOf } from '../src/session/message-of.js';
import type { Reading } from '../src/session/reading.js';
import { sessionKey, type SessionKey } from '../src/session/session-key.js';
import type { Session } from '../src/session/session.js';
import type { Transition } from '../src/session/transition.js';
import { SessionConflictError } from '../src/store/errors.js';

const MAX_TRIES = 5;

/** A session, what was read of it, and what follows from that. */
export interface Step {
  before: Session;
  reading: Reading;
  after: Transition;
}

export interface Persisted {
  session: Session;
  /** What may be told now that it is on disk. */
  events: EventBody[];
}

export interface PersistOptions {
  save: (session: Session) => Promise<Session>;
  get: (key: SessionKey) => Promise<Session | null>;
  /** The pure transition, for a record that somebody else changed meanwhile. */
  reduce: (session: Session, reading: Reading) => Transition;
  /** What somebody else's change of a record is to be told as. */
  untold: (session: Session) => EventBody[];
}

/** Saves what a step changed, and only then gives out its events. Never an error: a failed save is a `tick_error`. */
export function persist(step: Step, options: PersistOptions): Observable<Persisted> {
  const { before, after } = step;
  if (after.session === before) return of({ session: before, events: after.events });
  return defer(() => from(saveStep(step, options)));
}

async function saveStep({ before, reading, after }: Step, options: PersistOptions): Promise<Persisted> {
  let { session, events } = after;
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        await options.save(session);
        return { session, events };
      } catch (error) {
        if (!(error instanceof SessionConflictError) || tries === MAX_TRIES) throw error;
      }
      const fresh = await options.get(sessionKey(before));
      if (!fresh || !sameHandle(fresh.handle, reading.handle)) return { session: before, events: [] };
      const redone = options.reduce(fresh, reading);
      events = [...options.untold(fresh), ...redone.events];
      if (redone.session === fresh) return { session: fresh, events };
      session = redone.session;
    }
  } catch (error) {
    const { id: sessionId, projectId } = before;
    const failed: EventBody = {
      type: 'tick_error',
      stage: 'save',
      message: messageOf(error),
      sessionId,
      projectId,
    };
    return { session: before, events: [...events.filter((event) => event.type === 'tick_error'), failed] };
  }
}

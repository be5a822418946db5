import type { RuntimeView } from '../src/runtime/runtime.js';
import type { Reading } from '../src/session/reading.js';
import type { Session } from '../src/session/session.js';
import { transition, type TransitionContext } from '../src/session/transition.js';

/** What was read of a session, and how long that holds. */
export interface Rest {
  reading: Reading;
  holds: (view: RuntimeView) => boolean;
}

/**
 * The sessions of which nothing changed since they were probed last: to probe them again would say the same. It knows each
 * by its very record, so that one that was written to is probed again.
 */
export class Resting {
  readonly #rests = new WeakMap<Session, Rest>();

  add(session: Session, rest: Rest): void {
    // Only what nobody can change is the same as long as it is the same object.
    if (Object.isFrozen(session)) this.#rests.set(session, rest);
  }

  remove(session: Session): void {
    this.#rests.delete(session);
  }

  /** Whether a session is still what it was read as, and nothing follows from that by now. */
  has({ session, view }: { session: Session; view: RuntimeView }, context: TransitionContext): boolean {
    const { handle } = session;
    const rest = this.#rests.get(session);
    if (!rest || !handle) return false;
    try {
      if (view.liveness(handle).state !== 'alive' || !rest.holds(view)) return false;
    } catch {
      // The probe, which asks the same, tells what is wrong.
      return false;
    }
    const after = transition(session, rest.reading, context);
    return after.session === session && after.events.length === 0;
  }
}

import { systemClock } from '../process/system-clock.js';
import type { RuntimeView } from '../runtime/runtime.js';
import type { Activity } from '../session/activity.js';
import type { Clock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import type { ActivityReading, Agent } from './agent.js';
import { bellReading } from './bell-reading.js';
import { IDLE_AFTER_MS } from './idle-after.js';
import { ScreenWatch, type Look } from './screen-watch.js';

export interface ScreenAgentOptions {
  clock?: Clock;
  /** For how many sessions the look before is remembered. */
  capacity?: number;
}

/**
 * Any program: it knows nothing better than when something was last printed, and whether the bell rang. Output makes it
 * `active`, 2 s without any `ready`, 60 s `idle`; a bell means that it wants you: `waiting_input`.
 */
export class ScreenAgent implements Agent {
  readonly #clock: Clock;
  readonly #watch: ScreenWatch;

  constructor({ clock = systemClock, capacity }: ScreenAgentOptions = {}) {
    this.#clock = clock;
    this.#watch = new ScreenWatch(capacity === undefined ? {} : { capacity });
  }

  // Not async, so that a probe of this kind costs no more than its one look.
  detectActivity(session: Session, view: RuntimeView): Promise<ActivityReading> {
    return Promise.resolve(this.#read(session, view));
  }

  #read(session: Session, view: RuntimeView): ActivityReading {
    const now = this.#clock.now();
    const observedAt = new Date(now).toISOString();
    const { handle } = session;
    const signs = handle && view.signs?.(handle);
    if (!handle || !signs) {
      const detail = 'the runtime shows nothing of its screen';
      return { activity: null, evidence: { source: 'screen', detail, observedAt } };
    }
    const look = this.#watch.look(session, { handle, signs, now });
    const activity = judge(look);
    if (activity === 'waiting_input') return bellReading(observedAt);
    const detail =
      look.silentMs === null
        ? 'nobody knows when it last printed'
        : `last output at ${String(signs.lastOutputAt)}`;
    return { activity, evidence: { source: 'screen', detail, observedAt } };
  }
}

function judge({ bell, isPrinting, hasPrintedSinceBell, silentMs }: Look): Activity | null {
  if (bell === 'rang') return 'waiting_input';
  // The flag stays up until somebody looks, so what is printed after it is work, and silence after that a new wait.
  if (bell === 'unanswered') return isPrinting && hasPrintedSinceBell ? 'active' : 'waiting_input';
  if (isPrinting === null || silentMs === null) return null;
  if (isPrinting) return 'active';
  return silentMs < IDLE_AFTER_MS ? 'ready' : 'idle';
}

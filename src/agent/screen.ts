import { systemClock } from '../process/system-clock.js';
import type { RuntimeView, Signs } from '../runtime/runtime.js';
import type { Activity } from '../session/activity.js';
import type { Clock } from '../session/clock.js';
import type { Handle } from '../session/handle.js';
import type { SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import type { Agent } from './agent.js';
import type { ActivityReading } from './source/activity-reading.js';
import { readingOf } from './source/weigh-sources.js';
import { answered, silent } from './source/reading-of.js';
import { IDLE_AFTER_MS } from './source/rest-activity.js';
import { ScreenWatch, type Look } from './source/screen-watch.js';
import type { SourceReading } from './source/source-reading.js';

/** What the agent of last resort remembers; all of it has defaults. */
export interface ScreenAgentOptions {
  clock?: Clock | undefined;
  /** For how many sessions the look before is remembered. */
  capacity?: number | undefined;
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
    const now = this.#clock.now();
    const sight = this.#see(session, view, now);
    const reading = readingOf(readingsOf(sight, now), now);
    const holds = (later: RuntimeView): boolean =>
      sight ? this.#holds(sight, later) : showSigns(session, later) === null;
    return Promise.resolve({ ...reading, holds });
  }

  explain(session: Session, view: RuntimeView): Promise<SourceReading[]> {
    const now = this.#clock.now();
    return Promise.resolve(readingsOf(this.#see(session, view, now), now));
  }

  forget(key: SessionKey): void {
    this.#watch.forget(key);
  }

  #see(session: Session, view: RuntimeView, now: number): Sight | null {
    const { handle } = session;
    const signs = showSigns(session, view);
    if (!handle || !signs) return null;
    const look = this.#watch.look(session, { handle, signs, now });
    return { handle, signs, look, activity: judge(look), now };
  }

  /** What is printed now is over soon; all else lasts until something new shows, and `ready` until it is `idle`. */
  #holds({ handle, signs, look, activity, now: seenAt }: Sight, view: RuntimeView): boolean {
    const later = view.signs?.(handle);
    if (activity === 'active' || later?.lastOutputAt !== signs.lastOutputAt || later.bell !== signs.bell)
      return false;
    const elapsedMs = this.#clock.now() - seenAt;
    return elapsedMs >= 0 && (activity !== 'ready' || (look.silentMs ?? 0) + elapsedMs < IDLE_AFTER_MS);
  }
}

const showSigns = ({ handle }: Session, view: RuntimeView): Signs | null =>
  (handle && view.signs?.(handle)) ?? null;

/** One look at a session, and what it comes to. */
interface Sight {
  handle: Handle;
  signs: Signs;
  look: Look;
  activity: Activity | null;
  /** Epoch milliseconds. */
  now: number;
}

function readingsOf(sight: Sight | null, now: number): SourceReading[] {
  if (!sight) return [silent('screen', { detail: 'the runtime shows nothing of its screen', atMs: now })];
  const { signs, activity } = sight;
  if (activity === 'waiting_input') return [bellReading(now)];
  const bell = silent('bell', { detail: 'it has not rung', atMs: now });
  if (activity === null) {
    return [bell, silent('screen', { detail: 'nobody knows when it last printed', atMs: now })];
  }
  return [
    bell,
    answered('screen', activity, { detail: `last output at ${String(signs.lastOutputAt)}`, atMs: now }),
  ];
}

const bellReading = (atMs: number): SourceReading =>
  answered('bell', 'waiting_input', { detail: 'it rang the bell, and nobody has looked since', atMs });

function judge({ bell, isPrinting, hasPrintedSinceBell, silentMs }: Look): Activity | null {
  if (bell === 'rang') return 'waiting_input';
  // The flag stays up until somebody looks, so what is printed after it is work, and silence after that a new wait.
  if (bell === 'unanswered') return isPrinting && hasPrintedSinceBell ? 'active' : 'waiting_input';
  if (isPrinting === null || silentMs === null) return null;
  if (isPrinting) return 'active';
  return silentMs < IDLE_AFTER_MS ? 'ready' : 'idle';
}

import { systemClock } from '../process/system-clock.js';
import type { RuntimeView } from '../runtime/runtime.js';
import type { Activity } from '../session/activity.js';
import type { Clock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import type { ActivityReading, Agent } from './agent.js';
import { firstAnswer } from './first-answer.js';
import { answered, silent } from './reading-of.js';
import { IDLE_AFTER_MS } from './rest-activity.js';
import { ScreenWatch, type Look } from './screen-watch.js';
import type { SourceReading } from './source-reading.js';

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
    return Promise.resolve(firstAnswer(this.#read(session, view), this.#clock.now()));
  }

  explain(session: Session, view: RuntimeView): Promise<SourceReading[]> {
    return Promise.resolve(this.#read(session, view));
  }

  #read(session: Session, view: RuntimeView): SourceReading[] {
    const now = this.#clock.now();
    const { handle } = session;
    const signs = handle && view.signs?.(handle);
    if (!handle || !signs) {
      return [silent('screen', { detail: 'the runtime shows nothing of its screen', atMs: now })];
    }
    const look = this.#watch.look(session, { handle, signs, now });
    const activity = judge(look);
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

import { JournalError } from '../src/journal/errors.js';
import type { Clock } from '../src/session/clock.js';
import { EdgeTrigger } from '../src/session/edge-trigger.js';
import type { EventBody, LifecycleEvent } from '../src/session/event.js';
import type { EventLog } from '../src/session/event-log.js';
import type { Ledger } from '../src/session/ledger.js';
import { messageOf } from '../src/session/message-of.js';
import type { EventHub } from './event-hub.js';
import { trace } from './trace.js';

export interface TellerOptions {
  log: EventLog;
  ledger: Ledger;
  hub: EventHub;
  clock: Clock;
}

/** Tells events: first they are kept, then they count as told, then subscribers get them. */
export class Teller {
  readonly #options: TellerOptions;
  readonly #failures = new EdgeTrigger();
  #isBehind = false;
  #isWatched: boolean;

  constructor(options: TellerOptions) {
    this.#options = options;
    this.#isWatched = options.ledger.isWatched;
  }

  /** Whether something could not be kept, and is therefore untold. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Tells all that can be kept; the rest stays untold, which one `tick_error` says. @returns whether that was all. */
  tell(bodies: readonly EventBody[]): boolean {
    const { log, ledger } = this.#options;
    try {
      this.#keepWatched();
      if (bodies.length > 0) this.#publish(log.append(bodies));
      if (bodies.length > 0) this.#failures.clear('journal');
      return true;
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      this.#publish(error.appended);
      ledger.untell(bodies.slice(error.appended.length));
      this.#isBehind = true;
      this.#report(error);
      return false;
    }
  }

  /** What is on disk was told in full. */
  catchUp(): void {
    this.#isBehind = false;
  }

  #keepWatched(): void {
    const { log, ledger } = this.#options;
    if (this.#isWatched === ledger.isWatched) return;
    log.checkpoint();
    this.#isWatched = ledger.isWatched;
  }

  #publish(events: readonly LifecycleEvent[]): void {
    for (const event of events) {
      trace.event('%o', event);
      this.#options.ledger.tell(event);
    }
    this.#options.hub.publish(events);
  }

  /** In no journal itself, and so without a number of its own. */
  #report(error: JournalError): void {
    const { log, hub, clock } = this.#options;
    const message = messageOf(error);
    if (!this.#failures.raise('journal', message)) return;
    const time = new Date(clock.now()).toISOString();
    hub.publish([{ type: 'tick_error', stage: 'journal', message, ...log.at, time }]);
  }
}

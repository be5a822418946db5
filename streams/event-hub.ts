import { defer, skip, type Observable } from 'rxjs';
import type { LifecycleEvent } from '../src/session/event.js';
import { EventSubject } from './event-subject.js';
import { GuardedStream, type OnFault } from './guarded-stream.js';
import { Queue } from './queue.js';

/** How many events are handed out before everything else in the process gets its turn. */
export const MAX_EVENTS_A_TURN = 256;

/** Hands events to all subscribers in one order, also when one of them publishes, throws, leaves or has just come. */
export class EventHub {
  /** Hot: a subscriber gets what is published from then on. */
  readonly event$: Observable<LifecycleEvent>;
  readonly #subject: EventSubject<LifecycleEvent>;
  /** What is handed out, from `#next` on, and what comes after it. */
  #batch: readonly LifecycleEvent[] = [];
  #next = 0;
  readonly #queue = new Queue<readonly LifecycleEvent[]>();
  /** How many events wait, those of the batch included. */
  #queued = 0;
  #leftThisTurn = MAX_EVENTS_A_TURN;
  #isTurnCounted = false;
  #isDraining = false;
  #isClosed = false;
  #onDrained: (() => void)[] = [];

  constructor({ onFault }: { onFault: OnFault }) {
    const subject = new EventSubject<LifecycleEvent>(onFault);
    // What still waits was published before this one came.
    const event$ = defer(() => (this.#queued > 0 ? subject.event$.pipe(skip(this.#queued)) : subject.event$));
    this.event$ = new GuardedStream(event$, onFault);
    this.#subject = subject;
  }

  /** Tells at once, unless more is told already than fits into one turn of the process. */
  publish(events: readonly LifecycleEvent[]): void {
    if (events.length === 0 || this.#isClosed) return;
    const isNext = this.#queued === 0 && !this.#isDraining;
    this.#queued += events.length;
    if (!isNext) {
      this.#queue.push(events);
      return;
    }
    this.#batch = events;
    this.#next = 0;
    this.#drain();
  }

  /** Resolves once everything that was published is told. */
  async drained(): Promise<void> {
    if (this.#queued > 0 || this.#isDraining)
      await new Promise<void>((resolve) => this.#onDrained.push(resolve));
  }

  /** Completes `event$` once everything is told: nothing is published after it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#queued === 0 && !this.#isDraining) {
      this.#subject.complete();
      return;
    }
    await this.drained();
    this.#subject.complete();
  }

  #drain(): void {
    this.#isDraining = true;
    while (this.#queued > 0 && this.#leftThisTurn > 0) {
      const event = this.#batch[this.#next];
      if (event) {
        this.#next += 1;
        this.#queued -= 1;
        this.#leftThisTurn -= 1;
        this.#subject.next(event);
      } else {
        this.#batch = this.#queue.shift() ?? [];
        this.#next = 0;
      }
    }
    this.#isDraining = false;
    this.#countTurn();
    if (this.#queued === 0 && this.#onDrained.length > 0) {
      for (const resolve of this.#onDrained.splice(0)) resolve();
    }
  }

  #countTurn(): void {
    if (this.#isTurnCounted) return;
    this.#isTurnCounted = true;
    setImmediate(() => {
      this.#isTurnCounted = false;
      this.#leftThisTurn = MAX_EVENTS_A_TURN;
      if (this.#queued > 0) this.#drain();
    });
  }
}

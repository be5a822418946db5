import { Observable, skip, Subject } from 'rxjs';
import type { LifecycleEvent } from '../src/session/event.js';
import { GuardedStream, type OnFault } from './guarded-stream.js';

/** How many events are handed out before everything else in the process gets its turn. */
export const MAX_EVENTS_A_TURN = 256;

/** Hands events to all subscribers in one order, also when one of them publishes, throws, leaves or has just come. */
export class EventHub {
  /** Hot: a subscriber gets what is published from then on. */
  readonly event$: Observable<LifecycleEvent>;
  readonly #subject$ = new Subject<LifecycleEvent>();
  /** Batches, so that the queue is never moved: `#next` counts within the first of them. */
  readonly #queue: (readonly LifecycleEvent[])[] = [];
  #next = 0;
  #queued = 0;
  #leftThisTurn = MAX_EVENTS_A_TURN;
  #isTurnCounted = false;
  #isDraining = false;
  #isClosed = false;
  #onDrained: (() => void)[] = [];

  constructor({ onFault }: { onFault: OnFault }) {
    const event$ = new Observable<LifecycleEvent>((subscriber) => {
      // What still waits was published before this one came.
      const source$ = this.#queued > 0 ? this.#subject$.pipe(skip(this.#queued)) : this.#subject$;
      return source$.subscribe(subscriber);
    });
    this.event$ = new GuardedStream(event$, onFault);
  }

  /** Tells at once, unless more is told already than fits into one turn of the process. */
  publish(events: readonly LifecycleEvent[]): void {
    if (events.length === 0 || this.#isClosed) return;
    this.#queue.push(events);
    this.#queued += events.length;
    if (!this.#isDraining) this.#drain();
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
      this.#subject$.complete();
      return;
    }
    await this.drained();
    this.#subject$.complete();
  }

  #drain(): void {
    this.#isDraining = true;
    for (let batch = this.#queue[0]; batch && this.#leftThisTurn > 0; batch = this.#queue[0]) {
      this.#hand(batch);
      if (this.#next < batch.length) break;
      this.#queue.shift();
      this.#next = 0;
    }
    this.#isDraining = false;
    this.#countTurn();
    if (this.#queued === 0 && this.#onDrained.length > 0) {
      for (const resolve of this.#onDrained.splice(0)) resolve();
    }
  }

  /** Hands out of a batch what still fits into this turn. */
  #hand(batch: readonly LifecycleEvent[]): void {
    for (let event = batch[this.#next]; event && this.#leftThisTurn > 0; event = batch[this.#next]) {
      this.#next += 1;
      this.#queued -= 1;
      this.#leftThisTurn -= 1;
      this.#subject$.next(event);
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

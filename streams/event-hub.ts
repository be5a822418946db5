import { Subject, type Observable } from 'rxjs';
import type { Clock } from '../src/session/clock.js';
import type { EventBody, LifecycleEvent } from '../src/session/event.js';

/** Numbers and dates what happened, and hands it to all subscribers in one order, also when one of them publishes. */
export class EventHub {
  /** Hot: a subscriber gets what is published from then on. */
  readonly event$: Observable<LifecycleEvent>;
  readonly #subject$ = new Subject<LifecycleEvent>();
  readonly #queue: LifecycleEvent[] = [];
  readonly #epoch: string;
  readonly #clock: Clock;
  #seq = 0;
  #isDraining = false;

  constructor({ epoch, clock }: { epoch: string; clock: Clock }) {
    this.#epoch = epoch;
    this.#clock = clock;
    this.event$ = this.#subject$.asObservable();
  }

  publish(body: EventBody): void {
    this.#seq += 1;
    const time = new Date(this.#clock.now()).toISOString();
    this.#queue.push({ ...body, seq: this.#seq, epoch: this.#epoch, time });
    if (!this.#isDraining) this.#drain();
  }

  /** Completes `event$`: nothing is published after it. */
  close(): void {
    this.#subject$.complete();
  }

  #drain(): void {
    this.#isDraining = true;
    for (let event = this.#queue.shift(); event; event = this.#queue.shift()) this.#subject$.next(event);
    this.#isDraining = false;
  }
}

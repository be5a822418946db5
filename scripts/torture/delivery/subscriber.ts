import { Subject, type Observable, type Subscription } from 'rxjs';
import type { LifecycleEvent } from '../../../src/session/event.js';
import { dropOldest } from '../../../streams/drop-oldest.js';
import { EventIterator } from '../../../streams/event-iterator.js';

/** How a subscriber behaves: it takes all, is slow (pushed to or pulling), throws, leaves, or publishes itself. */
export const KINDS = ['plain', 'slow', 'pulling', 'throwing', 'leaving', 'publishing'] as const;

export type Kind = (typeof KINDS)[number];

export interface SubscriberOptions {
  kind: Kind;
  event$: Observable<LifecycleEvent>;
  /** How many events were published before it came. */
  from: number;
  capacity: number;
  publish: () => void;
  /** How many events the hub has handed out by now. */
  handedOut: () => number;
}

/** What a subscriber was told, and how many events were handed out by then. */
export interface Told {
  event: LifecycleEvent;
  handedOut: number;
}

/** One subscriber of a trial, and all that it was told. */
export class Subscriber {
  readonly kind: Kind;
  readonly from: number;
  readonly told: Told[] = [];
  /** How many events were published by the time it left; null if it stayed. */
  leftAt: number | null = null;
  readonly #pulled: Promise<unknown>[] = [];
  readonly #handedOut: () => number;
  #subscription: Subscription | null = null;
  #iterator: EventIterator | null = null;
  #work$: Subject<never> | null = null;

  constructor({ kind, event$, from, capacity, publish, handedOut }: SubscriberOptions) {
    this.#handedOut = handedOut;
    this.kind = kind;
    this.from = from;
    if (kind === 'pulling') {
      this.#iterator = new EventIterator(event$, { capacity });
    } else if (kind === 'slow') {
      const consume = (event: LifecycleEvent): Observable<never> => {
        this.#note(event);
        this.#work$ = new Subject<never>();
        return this.#work$;
      };
      this.#subscription = event$.pipe(dropOldest({ capacity, consume })).subscribe();
    } else {
      this.#subscription = event$.subscribe((event) => this.#take(event, publish));
    }
  }

  /** Takes one more, if it is slow. */
  consume(): void {
    const work$ = this.#work$;
    this.#work$ = null;
    work$?.complete();
    if (this.#iterator) this.#pulled.push(this.#pull(this.#iterator));
  }

  leave(published: number): void {
    if (this.leftAt !== null) return;
    this.leftAt = published;
    this.#subscription?.unsubscribe();
    if (this.#iterator) this.#pulled.push(this.#iterator.return());
  }

  /** Takes all that is left; the events have ended. */
  async finish(capacity: number): Promise<void> {
    for (let left = capacity + 2; left > 0; left -= 1) this.consume();
    await Promise.all(this.#pulled);
  }

  async #pull(iterator: EventIterator): Promise<void> {
    // What waits is taken by the call, and a gap only ever comes of what waits.
    const handedOut = this.#handedOut();
    const { value } = await iterator.next();
    if (value) this.told.push({ event: value, handedOut });
  }

  #note(event: LifecycleEvent): void {
    this.told.push({ event, handedOut: this.#handedOut() });
  }

  #take(event: LifecycleEvent, publish: () => void): void {
    this.#note(event);
    if (this.kind === 'leaving' && this.told.length === 3) this.leave(event.seq);
    if (this.kind === 'publishing' && event.seq % 7 === 0) publish();
    if (this.kind === 'throwing') throw new RangeError('a fault of its own');
  }
}

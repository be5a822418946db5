import type { LifecycleEvent } from '../src/session/event.js';

/** How many events may wait for a consumer, unless told. */
export const DEFAULT_BUFFER_CAPACITY = 1024;

/** Holds the newest `capacity` events; of the older ones it knows how many were lost, and tells it before it goes on. */
export class LossyBuffer {
  readonly #capacity: number;
  /** A ring: taking the first element out of a long array moves all the others. */
  readonly #ring: (LifecycleEvent | null)[] = [];
  #start = 0;
  #size = 0;
  #missed = 0;
  #lastLost: LifecycleEvent | null = null;

  /** @throws {RangeError} if the capacity is no whole number of at least 1. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`the buffer's capacity must be a whole number of at least 1, not ${capacity}`);
    }
    this.#capacity = capacity;
  }

  push(event: LifecycleEvent): void {
    if (this.#size < this.#capacity) {
      this.#ring[(this.#start + this.#size) % this.#capacity] = event;
      this.#size += 1;
      return;
    }
    const oldest = this.#start;
    this.#lastLost = this.#ring[oldest] ?? null;
    this.#missed += 1;
    this.#ring[oldest] = event;
    this.#start = oldest + 1 === this.#capacity ? 0 : oldest + 1;
  }

  /** Forgets everything that waits. */
  clear(): void {
    this.#ring.length = 0;
    this.#start = 0;
    this.#size = 0;
    this.#missed = 0;
    this.#lastLost = null;
  }

  /** The next thing to tell: a `lagged` if events were lost, else the oldest event; null when there is none. */
  shift(): LifecycleEvent | null {
    if (!this.#lastLost) return this.#takeOldest();
    const { seq, epoch, time } = this.#lastLost;
    const lagged: LifecycleEvent = { type: 'lagged', missed: this.#missed, seq, epoch, time };
    this.#lastLost = null;
    this.#missed = 0;
    return lagged;
  }

  #takeOldest(): LifecycleEvent | null {
    const event = this.#ring[this.#start] ?? null;
    if (!event) return null;
    this.#ring[this.#start] = null;
    this.#size -= 1;
    this.#start = this.#size === 0 ? 0 : (this.#start + 1) % this.#capacity;
    return event;
  }
}

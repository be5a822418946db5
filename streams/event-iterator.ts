import type { Observable, Subscription } from 'rxjs';
import type { LifecycleEvent } from '../src/session/event.js';
import { DEFAULT_BUFFER_CAPACITY, LossyBuffer } from './lossy-buffer.js';

export interface EventIteratorOptions {
  /** How many events may wait, 1024 unless told; when they are more the oldest goes, and a `lagged` tells of it. */
  capacity?: number;
  /** Ends the iteration at once. */
  signal?: AbortSignal;
  /** Which events are wanted; all, unless told. */
  where?: (event: LifecycleEvent) => boolean;
}

type Result = IteratorResult<LifecycleEvent, undefined>;

const OVER: Result = { done: true, value: undefined };

/** The events from now on, for `for await`: bounded, because the consumer pulls. */
export class EventIterator implements AsyncIterableIterator<LifecycleEvent, undefined> {
  readonly #buffer: LossyBuffer;
  readonly #waiting: ((result: Result) => void)[] = [];
  readonly #subscription: Subscription;
  readonly #signal: AbortSignal | undefined;
  readonly #end = (): void => {
    this.#isOver = true;
    this.#buffer.clear();
    this.#signal?.removeEventListener('abort', this.#end);
    this.#subscription.unsubscribe();
    this.#handOver();
  };
  #isOver = false;

  constructor(
    event$: Observable<LifecycleEvent>,
    { capacity = DEFAULT_BUFFER_CAPACITY, signal, where = () => true }: EventIteratorOptions = {},
  ) {
    this.#buffer = new LossyBuffer(capacity);
    this.#signal = signal;
    this.#subscription = event$.subscribe({
      next: (event) => {
        if (!where(event)) return;
        this.#buffer.push(event);
        this.#handOver();
      },
      complete: () => {
        this.#isOver = true;
        this.#handOver();
      },
    });
    if (signal?.aborted) this.#end();
    else signal?.addEventListener('abort', this.#end);
  }

  next(): Promise<Result> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#handOver();
    });
  }

  return(): Promise<Result> {
    this.#end();
    return Promise.resolve(OVER);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #handOver(): void {
    while (this.#waiting.length > 0) {
      const value = this.#buffer.shift();
      if (!value && !this.#isOver) return;
      if (!value) this.#signal?.removeEventListener('abort', this.#end);
      const resolve = this.#waiting.shift();
      resolve?.(value ? { done: false, value } : OVER);
    }
  }
}

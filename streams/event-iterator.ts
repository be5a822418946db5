import { Subscription, type Observable } from 'rxjs';
import type { LifecycleEvent } from '../src/session/event.js';
import { DEFAULT_BUFFER_CAPACITY, LossyBuffer } from './lossy-buffer.js';

/** Which events are iterated over, how many of them may wait, and for how long. */
export interface EventIteratorOptions {
  /** How many events may wait, 1024 unless told; when they are more the oldest goes, and a `lagged` tells of it. */
  capacity?: number;
  /** Ends the iteration at once. */
  signal?: AbortSignal;
  /** Which events are wanted; all, unless told. It is not asked about a `lagged`: no filter hides what was missed. */
  where?: (event: LifecycleEvent) => boolean;
}

type Result = IteratorResult<LifecycleEvent, undefined>;

interface Waiting {
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

const OVER: Result = { done: true, value: undefined };

/** The events from now on, for `for await`: bounded, because the consumer pulls. */
export class EventIterator implements AsyncIterableIterator<LifecycleEvent, undefined> {
  readonly #buffer: LossyBuffer;
  readonly #waiting: Waiting[] = [];
  readonly #subscription = new Subscription();
  readonly #signal: AbortSignal | undefined;
  readonly #end = (): void => {
    this.#buffer.clear();
    this.#close();
  };
  #isOver = false;
  /** What `where` threw: told once, after what came before it. */
  #fault: { error: unknown } | null = null;

  constructor(
    event$: Observable<LifecycleEvent>,
    { capacity = DEFAULT_BUFFER_CAPACITY, signal, where }: EventIteratorOptions = {},
  ) {
    this.#buffer = new LossyBuffer(capacity);
    this.#signal = signal;
    const subscription = event$.subscribe({
      next: (event) => {
        if (where === undefined || event.type === 'lagged' || this.#isWanted(event, where)) this.#take(event);
      },
      complete: () => this.#close({ staysAbortable: true }),
    });
    // They may have ended before this.
    this.#subscription.add(subscription);
    if (signal?.aborted) this.#end();
    else signal?.addEventListener('abort', this.#end);
  }

  /** The next event, once there is one. It rejects with what `where` threw, then is done. */
  next(): Promise<Result> {
    const value = this.#waiting.length === 0 ? this.#buffer.shift() : null;
    if (value) return Promise.resolve({ done: false, value });
    if (this.#isOver) return this.#over();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Ends the iteration; what waits is dropped. */
  return(): Promise<Result> {
    this.#fault = null;
    this.#end();
    return Promise.resolve(OVER);
  }

  /** Itself: it is iterated over once. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  #isWanted(event: LifecycleEvent, where: (event: LifecycleEvent) => boolean): boolean {
    if (this.#isOver) return false;
    try {
      return where(event);
    } catch (error) {
      this.#fault = { error };
      this.#close();
      return false;
    }
  }

  /** Who waits has taken all that came before. */
  #take(value: LifecycleEvent): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting.resolve({ done: false, value });
    else this.#buffer.push(value);
  }

  /** Takes no more; what waits in the buffer may still be taken, unless the signal comes. */
  #close({ staysAbortable = false }: { staysAbortable?: boolean } = {}): void {
    this.#isOver = true;
    this.#subscription.unsubscribe();
    if (!staysAbortable) this.#signal?.removeEventListener('abort', this.#end);
    for (const { resolve, reject } of this.#waiting.splice(0)) this.#over().then(resolve, reject);
  }

  #over(): Promise<Result> {
    this.#signal?.removeEventListener('abort', this.#end);
    const fault = this.#fault;
    this.#fault = null;
    // What was thrown need not be an error: it is passed on as it is.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    return fault ? Promise.reject(fault.error) : Promise.resolve(OVER);
  }
}

import { from, Observable, type ObservableInput, type OperatorFunction, type Subscription } from 'rxjs';
import type { LifecycleEvent } from '../src/session/event.js';
import { DEFAULT_BUFFER_CAPACITY, LossyBuffer } from './lossy-buffer.js';

/** Who consumes, and how much may wait meanwhile. */
export interface DropOldestOptions<R> {
  /** How many events may wait, 1024 unless told. */
  capacity?: number;
  /** Takes one event; the next one is handed over when what it returns has completed. */
  consume: (event: LifecycleEvent) => ObservableInput<R>;
}

/**
 * Hands events to a consumer slower than they come, one at a time. While it is busy the buffer fills; when it is full
 * the oldest event goes, and the consumer is told once per gap with a `lagged` that counts what it missed. Emits what
 * the consumer's results emit; an error of the consumer's is the stream's.
 */
export const dropOldest =
  <R>({
    capacity = DEFAULT_BUFFER_CAPACITY,
    consume,
  }: DropOldestOptions<R>): OperatorFunction<LifecycleEvent, R> =>
  (event$) =>
    new Observable<R>((subscriber) => {
      const buffer = new LossyBuffer(capacity);
      let isBusy = false;
      let isHandingOver = false;
      let isSourceOver = false;
      let consuming: Subscription | null = null;

      // A consumer that takes no time is done before it returns: a loop, because a call for each event fills the stack.
      const handOver = (): void => {
        if (isHandingOver) return;
        isHandingOver = true;
        while (!isBusy && !subscriber.closed) {
          const event = buffer.shift();
          if (!event) break;
          isBusy = true;
          consuming = consumeOne(event);
        }
        isHandingOver = false;
        if (!isBusy && isSourceOver) subscriber.complete();
      };
      const consumeOne = (event: LifecycleEvent): Subscription | null => {
        try {
          return from(consume(event)).subscribe({
            next: (result) => subscriber.next(result),
            error: (error: unknown) => subscriber.error(error),
            complete: () => {
              isBusy = false;
              handOver();
            },
          });
        } catch (error) {
          subscriber.error(error);
          return null;
        }
      };

      const source = event$.subscribe({
        next: (event) => {
          buffer.push(event);
          handOver();
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          isSourceOver = true;
          handOver();
        },
      });
      return () => {
        source.unsubscribe();
        consuming?.unsubscribe();
      };
    });

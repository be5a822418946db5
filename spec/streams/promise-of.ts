import { AsyncSubject, Observable, type Subscriber } from 'rxjs';

/** A promise that settles in the very frame in which the observable ends: real ones need microtasks, marbles have none. */
export function promiseOf<T>(source$: Observable<T>): Promise<T> {
  return new FramePromise(source$);
}

class FramePromise<T> implements Promise<T> {
  readonly [Symbol.toStringTag] = 'FramePromise';
  readonly #result$ = new AsyncSubject<T>();

  constructor(source$: Observable<T>) {
    source$.subscribe(this.#result$);
  }

  then<A = T, B = never>(
    onValue?: ((value: T) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return promiseOf(
      new Observable<A | B>((subscriber) =>
        this.#result$.subscribe({
          next: (value) => settle(subscriber, () => (onValue ? onValue(value) : value) as A),
          error: (error: unknown) => {
            if (onError) settle(subscriber, () => onError(error) as B);
            else subscriber.error(error);
          },
        }),
      ),
    );
  }

  catch<B = never>(onError?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(null, onError);
  }

  finally(onEnd?: (() => void) | null): Promise<T> {
    return this.then(
      (value) => {
        onEnd?.();
        return value;
      },
      (error: unknown) => {
        onEnd?.();
        throw error;
      },
    );
  }
}

function settle<T>(subscriber: Subscriber<T>, compute: () => T): void {
  try {
    subscriber.next(compute());
    subscriber.complete();
  } catch (error) {
    subscriber.error(error);
  }
}

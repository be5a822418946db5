import {
  isObservable,
  Observable,
  Subscriber,
  type Observer,
  type UnaryFunction,
  type Subscription,
} from 'rxjs';

/** Hears of what a subscriber threw, or of an error of its stream that it leaves to nobody. */
export type OnFault = (error: unknown) => void;

/**
 * A stream whose subscribers, and those of what is piped from it, harm nobody: what they throw goes to `onFault`, once
 * for each of them, and they go on getting values. RxJS itself would end the process.
 */
export class GuardedStream<T> extends Observable<T> {
  readonly #onFault: OnFault;

  constructor(source$: Observable<T>, onFault: OnFault) {
    super((subscriber) => source$.subscribe(subscriber));
    this.#onFault = onFault;
  }

  override pipe(...operators: UnaryFunction<never, unknown>[]): Observable<never> {
    const piped: unknown = super.pipe(...(operators as []));
    return (isObservable(piped) ? new GuardedStream(piped, this.#onFault) : piped) as Observable<never>;
  }

  override subscribe(
    observerOrNext?: Partial<Observer<T>> | ((value: T) => void) | null,
    onError?: ((error: unknown) => void) | null,
    onComplete?: (() => void) | null,
  ): Subscription {
    // The inside of an operator: whoever subscribes to what it makes is guarded there.
    if (observerOrNext instanceof Subscriber) return super.subscribe(observerOrNext);
    const observer =
      typeof observerOrNext === 'object' && observerOrNext !== null
        ? observerOrNext
        : { next: observerOrNext, error: onError, complete: onComplete };
    return super.subscribe(new GuardedSubscriber(observer as Partial<Observer<T>>, this.#onFault));
  }
}

/** RxJS takes a subscriber as it is: so there is one `try` around what the observer does, and not two. */
class GuardedSubscriber<T> extends Subscriber<T> {
  readonly #observer: Partial<Observer<T>>;
  readonly #onFault: OnFault;
  #isReported = false;

  constructor(observer: Partial<Observer<T>>, onFault: OnFault) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- only whoever subscribes is meant to leave it alone
    super();
    this.#observer = observer;
    this.#onFault = onFault;
  }

  protected override _next(value: T): void {
    try {
      this.#observer.next?.(value);
    } catch (error) {
      this.#report(error);
    }
  }

  protected override _error(error: unknown): void {
    if (this.#observer.error) this.#run(() => this.#observer.error?.(error));
    else this.#report(error);
    this.unsubscribe();
  }

  protected override _complete(): void {
    this.#run(() => this.#observer.complete?.());
    this.unsubscribe();
  }

  #run(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#report(error);
    }
  }

  #report(error: unknown): void {
    if (this.#isReported) return;
    this.#isReported = true;
    this.#onFault(error);
  }
}

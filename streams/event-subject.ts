import { Observable, type Subscriber } from 'rxjs';
import type { OnFault } from './guarded-stream.js';

/** A Subject that calls its subscribers in a plain loop: what one of them throws goes to `onFault`, once, and harms nobody. */
export class EventSubject<T> {
  readonly event$ = new Observable<T>((subscriber) => this.#add(subscriber));
  readonly #onFault: OnFault;
  readonly #faulty = new WeakSet<Subscriber<T>>();
  /** Never changed, but replaced: an event goes to those who were there when it came. */
  #subscribers: readonly Subscriber<T>[] = [];
  #isComplete = false;

  constructor(onFault: OnFault) {
    this.#onFault = onFault;
  }

  next(event: T): void {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber.next(event);
      } catch (error) {
        this.#report(subscriber, error);
      }
    }
  }

  complete(): void {
    this.#isComplete = true;
    for (const subscriber of this.#subscribers) {
      try {
        subscriber.complete();
      } catch (error) {
        this.#report(subscriber, error);
      }
    }
  }

  #add(subscriber: Subscriber<T>): (() => void) | undefined {
    if (this.#isComplete) {
      subscriber.complete();
      return undefined;
    }
    this.#subscribers = [...this.#subscribers, subscriber];
    return () => {
      this.#subscribers = this.#subscribers.filter((other) => other !== subscriber);
    };
  }

  #report(subscriber: Subscriber<T>, error: unknown): void {
    if (this.#faulty.has(subscriber)) return;
    this.#faulty.add(subscriber);
    this.#onFault(error);
  }
}

import * as fc from 'fast-check';
import { Subject, type Observable, type Subscription } from 'rxjs';
import type { LifecycleEvent } from '../../src/session/event.js';
import { dropOldest } from '../../streams/drop-oldest.js';
import { accountFor, anEvent } from './lifecycle-events.js';

type Step = 'publish' | 'consume';

/** A consumer whose work ends when the test says so. */
class SlowConsumer {
  readonly told: LifecycleEvent[] = [];
  readonly subscription: Subscription;
  isOver = false;
  #work$: Subject<never> | null = null;

  constructor(event$: Observable<LifecycleEvent>, capacity: number) {
    const consume = (event: LifecycleEvent): Observable<never> => {
      this.told.push(event);
      return (this.#work$ = new Subject<never>());
    };
    this.subscription = event$.pipe(dropOldest({ capacity, consume })).subscribe({
      complete: () => {
        this.isOver = true;
      },
    });
  }

  finishOne(): void {
    const work$ = this.#work$;
    this.#work$ = null;
    work$?.complete();
  }
}

describe('the law of dropOldest', () => {
  const steps = fc.array(
    fc.oneof({ weight: 3, arbitrary: fc.constant<Step>('publish') }, fc.constant<Step>('consume')),
    {
      maxLength: 80,
    },
  );
  const capacity = fc.integer({ min: 1, max: 5 });

  function run(event$: Subject<LifecycleEvent>, consumer: SlowConsumer, schedule: Step[]): number {
    let published = 0;
    for (const step of schedule) {
      if (step === 'consume') consumer.finishOne();
      else event$.next(anEvent((published += 1)));
    }
    return published;
  }

  it('received and missed are what was published, once all is drained', () => {
    fc.assert(
      fc.property(capacity, steps, (size, schedule) => {
        const event$ = new Subject<LifecycleEvent>();
        const consumer = new SlowConsumer(event$, size);
        const published = run(event$, consumer, schedule);
        event$.complete();
        for (let left = 2 * size + 2; left > 0; left -= 1) consumer.finishOne();
        expect(accountFor(consumer.told)).toBe(published);
        expect(consumer.isOver).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('nothing is lost that would have fitted', () => {
    fc.assert(
      fc.property(capacity, steps, (size, schedule) => {
        const event$ = new Subject<LifecycleEvent>();
        const consumer = new SlowConsumer(event$, size);
        const published = run(event$, consumer, schedule);
        const before = accountFor(consumer.told);
        const isBefore = consumer.told.length;
        for (let left = size + 1; left > 0; left -= 1) consumer.finishOne();
        const rest = consumer.told.slice(isBefore);
        const received = rest.filter(({ type }) => type !== 'lagged').length;
        expect(received).toBe(Math.min(size, published - before));
      }),
      { numRuns: 2_000 },
    );
  });

  it('a subscriber that leaves is told nothing more', () => {
    fc.assert(
      fc.property(capacity, steps, steps, (size, schedule, rest) => {
        const event$ = new Subject<LifecycleEvent>();
        const consumer = new SlowConsumer(event$, size);
        run(event$, consumer, schedule);
        const isBefore = consumer.told.length;
        consumer.subscription.unsubscribe();
        run(event$, consumer, rest);
        expect({ told: consumer.told.length, isHeard: event$.observed }).toEqual({
          told: isBefore,
          isHeard: false,
        });
      }),
      { numRuns: 500 },
    );
  });
});

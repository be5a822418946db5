import * as fc from 'fast-check';
import type { LifecycleEvent } from '../../src/session/event.js';
import { accountFor, anEvent } from './lifecycle-events.js';
import { drain, isOdd, iterate } from './iterate.js';

describe('the law of EventIterator', () => {
  const steps = fc.array(
    fc.oneof({ weight: 3, arbitrary: fc.constant('publish') }, fc.constant('ask'), fc.constant('await')),
    { maxLength: 60 },
  );

  it('received and missed are what was published, in order, however many ask at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), steps, async (capacity, schedule) => {
        const { iterator, event$ } = iterate({ capacity });
        const asked: Promise<IteratorResult<LifecycleEvent, undefined>>[] = [];
        let published = 0;
        for (const step of schedule) {
          if (step === 'publish') event$.next(anEvent((published += 1)));
          else asked.push(iterator.next());
          if (step === 'await') await Promise.resolve();
        }
        event$.complete();
        const results = await Promise.all(asked);
        const told = [...results.map(({ value }) => value), ...(await drain(iterator))];
        expect(accountFor(told.filter((event) => event !== undefined))).toBe(published);
      }),
      { numRuns: 1_000 },
    );
  });

  it('holds with a filter for what matches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), steps, async (capacity, schedule) => {
        const { iterator, event$ } = iterate({ capacity, where: isOdd });
        const asked: Promise<IteratorResult<LifecycleEvent, undefined>>[] = [];
        let published = 0;
        for (const step of schedule) {
          if (step === 'publish') event$.next(anEvent((published += 1)));
          else asked.push(iterator.next());
        }
        event$.complete();
        const results = await Promise.all(asked);
        const told = [...results.map(({ value }) => value), ...(await drain(iterator))].filter(
          (event) => event !== undefined,
        );
        const counts = told.map((event) => (event.type === 'lagged' ? event.missed : 1));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(Math.ceil(published / 2));
        expect(told.every(isOdd)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

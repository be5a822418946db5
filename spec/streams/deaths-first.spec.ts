import { TestScheduler } from 'rxjs/testing';
import { makeSession } from '../../fixtures/sessions.js';
import type { RuntimeView } from '../../src/runtime/runtime.js';
import { deathsFirst } from '../../streams/deaths-first.js';
import type { ProbeTarget } from '../../streams/probe.js';

const evidence = { source: 'fake', detail: 'seen', observedAt: '2026-01-05T09:12:33.017Z' };
const view: RuntimeView = {
  liveness: ({ name }) => {
    if (name === 'odd') throw new Error('not looked at');
    return { state: name === 'dead' ? 'dead' : 'alive', evidence };
  },
};
const target = (id: string, name: string): ProbeTarget => ({
  session: makeSession({ id, handle: { type: 'fake', name } }),
  view,
  isOutage: false,
});
const [a, b, c] = [target('a', 'alive'), target('b', 'dead'), target('c', 'odd')];

describe('deaths first', () => {
  let scheduler: TestScheduler;

  beforeEach(() => {
    scheduler = new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });

  it('lets the living wait while a death is told', () => {
    scheduler.run(({ expectObservable }) => {
      const order$ = deathsFirst([a, b, c], { scheduler });
      expectObservable(order$).toBe('b 4ms (ac|)', { a, b, c });
    });
  });

  it.each([
    ['nobody has ended', [a, c], '(xy|)'],
    ['all have ended', [b], '(x|)'],
    ['there is nobody', [], '|'],
  ] as const)('hands out all at once where %s', (_, targets, marble) => {
    scheduler.run(({ expectObservable }) => {
      const [x, y] = targets;
      expectObservable(deathsFirst(targets, { scheduler })).toBe(marble, { x, y });
    });
  });
});

import { fitsFilter } from '../../../cli/following/event-filter.js';
import type { LifecycleEvent } from '../../../src/session/event.js';

const about = { seq: 1, epoch: 'e', time: '2026-01-01T00:00:00.000Z' };
const removed = (projectId: string, sessionId: string): LifecycleEvent => ({
  ...{ type: 'session_removed', projectId, sessionId, ...about },
});
const unreadable: LifecycleEvent = { type: 'session_unreadable', path: '/x', message: 'no', ...about };

describe('fitsFilter', () => {
  it('lets everything through where nothing is asked for', () => {
    for (const event of [removed('shop', 'api'), unreadable]) expect(fitsFilter(event, {})).toBe(true);
  });

  it.each([
    [{ type: ['session_removed'] }, true],
    [{ type: ['spawned', 'session_removed'] }, true],
    [{ type: ['spawned'] }, false],
    [{ session: ['api'] }, true],
    [{ session: ['shop/api'] }, true],
    [{ session: ['web', 'shop/api'] }, true],
    [{ session: ['blog/api'] }, false],
    [{ session: ['ap'] }, false],
    [{ project: ['blog', 'shop'] }, true],
    [{ project: ['blog'] }, false],
    [{ project: ['shop'], session: ['api'], type: ['session_removed'] }, true],
    [{ project: ['shop'], session: ['web'] }, false],
    [{ project: ['shop'], type: ['spawned'] }, false],
  ])('knows for %j whether the removal of shop/api fits: %j', (filter, fits) =>
    expect(fitsFilter(removed('shop', 'api'), filter)).toBe(fits),
  );

  it('hides no loss: that something was missed is said whatever is asked for', () => {
    const lagged: LifecycleEvent = { type: 'lagged', missed: 3, ...about };
    const filters = [{ type: ['spawned'] }, { session: ['api'] }, { project: ['shop'] }];
    for (const filter of filters) expect(fitsFilter(lagged, filter)).toBe(true);
  });

  it('lets what is about no session through only where no session is asked for', () => {
    expect(fitsFilter(unreadable, { type: ['session_unreadable'] })).toBe(true);
    expect(fitsFilter(unreadable, { session: ['api'] })).toBe(false);
    expect(fitsFilter(unreadable, { project: ['shop'] })).toBe(false);
  });
});

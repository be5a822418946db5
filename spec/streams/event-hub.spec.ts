import { config, take } from 'rxjs';
import { HandClock } from '../../fixtures/fakes/hand-clock.js';
import type { EventBody, LifecycleEvent } from '../../src/session/event.js';
import { EventHub } from '../../streams/event-hub.js';

const removed = (sessionId: string): EventBody => ({ type: 'session_removed', sessionId, projectId: 'shop' });

function open(): { hub: EventHub; clock: HandClock; hear: () => string[] } {
  const clock = new HandClock();
  const hub = new EventHub({ epoch: 'one-life', clock });
  return {
    hub,
    clock,
    hear: () => {
      const told: string[] = [];
      hub.event$.subscribe((event) => told.push(name(event)));
      return told;
    },
  };
}

const name = (event: LifecycleEvent): string => ('sessionId' in event ? (event.sessionId ?? '') : event.type);

describe('EventHub', () => {
  it('numbers, dates and names what is published', () => {
    const { hub, clock } = open();
    const told: LifecycleEvent[] = [];
    hub.event$.subscribe((event) => told.push(event));
    hub.publish(removed('a'));
    clock.pass(1_500);
    hub.publish(removed('b'));
    expect(told).toEqual([
      { ...removed('a'), seq: 1, epoch: 'one-life', time: '2026-01-01T12:00:00.000Z' },
      { ...removed('b'), seq: 2, epoch: 'one-life', time: '2026-01-01T12:00:01.500Z' },
    ]);
  });

  it('tells before publish returns', () => {
    const { hub, hear } = open();
    const told = hear();
    hub.publish(removed('a'));
    expect(told).toEqual(['a']);
  });

  it('tells a subscriber what is published from then on', () => {
    const { hub, hear } = open();
    hub.publish(removed('a'));
    const told = hear();
    hub.publish(removed('b'));
    expect(told).toEqual(['b']);
  });

  it('numbers on while nobody listens', () => {
    const { hub } = open();
    hub.publish(removed('a'));
    const seqs: number[] = [];
    hub.event$.subscribe(({ seq }) => seqs.push(seq));
    hub.publish(removed('b'));
    expect(seqs).toEqual([2]);
  });

  it('keeps the order for everybody when a subscriber publishes', () => {
    const { hub, hear } = open();
    const before = hear();
    hub.event$.subscribe((event) => {
      if (name(event) === 'a') for (const id of ['c', 'd']) hub.publish(removed(id));
      if (name(event) === 'c') hub.publish(removed('e'));
    });
    const after = hear();
    const seqs: number[] = [];
    hub.event$.subscribe(({ seq }) => seqs.push(seq));
    hub.publish(removed('a'));
    hub.publish(removed('b'));
    expect({ before, after, seqs }).toEqual({
      before: ['a', 'c', 'd', 'e', 'b'],
      after: ['a', 'c', 'd', 'e', 'b'],
      seqs: [1, 2, 3, 4, 5],
    });
  });

  it('lets a subscriber go in the middle of an event', () => {
    const { hub, hear } = open();
    const firstOnly: string[] = [];
    hub.event$.pipe(take(1)).subscribe((event) => firstOnly.push(name(event)));
    const all = hear();
    for (const id of ['a', 'b']) hub.publish(removed(id));
    expect({ firstOnly, all }).toEqual({ firstOnly: ['a'], all: ['a', 'b'] });
  });

  it('ends for everybody when it is closed, and publishes nothing after that', () => {
    const { hub } = open();
    const told: string[] = [];
    hub.event$.subscribe({ next: (event) => told.push(name(event)), complete: () => told.push('over') });
    hub.publish(removed('a'));
    hub.close();
    hub.publish(removed('b'));
    hub.event$.subscribe({ complete: () => told.push('over for the late one') });
    expect(told).toEqual(['a', 'over', 'over for the late one']);
  });

  it('gives nobody the means to publish', () => {
    expect(Object.keys(open().hub.event$)).not.toContain('observers');
    expect((open().hub.event$ as { next?: unknown }).next).toBeUndefined();
  });

  describe('with a subscriber that throws', () => {
    let isReported: Promise<unknown>;

    beforeEach(() => {
      isReported = new Promise((resolve) => {
        config.onUnhandledError = resolve;
      });
    });
    afterEach(() => {
      config.onUnhandledError = null;
    });

    it('tells all the others, and the error surfaces', async () => {
      const { hub, hear } = open();
      const before = hear();
      hub.event$.subscribe((event) => {
        if (name(event) === 'a') throw new RangeError('my own fault');
      });
      const after = hear();
      expect(() => hub.publish(removed('a'))).not.toThrow();
      hub.publish(removed('b'));
      expect({ before, after }).toEqual({ before: ['a', 'b'], after: ['a', 'b'] });
      expect(await isReported).toEqual(new RangeError('my own fault'));
    });
  });
});

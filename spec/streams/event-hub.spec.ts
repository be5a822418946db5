import { concatMap, map, Subscriber, take, throwError } from 'rxjs';
import { HandClock } from '../../fixtures/fakes/hand-clock.js';
import type { EventBody, LifecycleEvent } from '../../src/session/event.js';
import { EventHub, MAX_EVENTS_A_TURN } from '../../streams/event-hub.js';
import { MemoryLog } from '../../streams/memory-log.js';
import { settle } from './hand-scheduler.js';

const removed = (sessionId: string): EventBody => ({ type: 'session_removed', sessionId, projectId: 'shop' });

interface Opened {
  hub: { publish: (body: EventBody) => void; event$: EventHub['event$']; close: () => Promise<void> };
  clock: HandClock;
  /** Subscribes; what it hears is what comes into the list. */
  hear: () => string[];
  faults: unknown[];
}

function open(): Opened {
  const clock = new HandClock();
  const log = new MemoryLog({ epoch: 'one-life', clock });
  const faults: unknown[] = [];
  const hub = new EventHub({ onFault: (error) => faults.push(error) });
  return {
    hub: {
      publish: (body) => hub.publish(log.append([body])),
      event$: hub.event$,
      close: () => hub.close(),
    },
    clock,
    faults,
    hear: () => {
      const told: string[] = [];
      hub.event$.subscribe((event) => told.push(name(event)));
      return told;
    },
  };
}

class ThrowingSubscriber extends Subscriber<LifecycleEvent> {
  readonly #fault: unknown;

  constructor(fault: unknown) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- only whoever subscribes is meant to leave it alone
    super();
    this.#fault = fault;
  }

  protected override _next(): void {
    throw this.#fault;
  }
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
    void hub.close();
    hub.publish(removed('b'));
    hub.event$.subscribe({ complete: () => told.push('over for the late one') });
    expect(told).toEqual(['a', 'over', 'over for the late one']);
  });

  it('gives nobody the means to publish', () => {
    expect(Object.keys(open().hub.event$)).not.toContain('observers');
    expect((open().hub.event$ as { next?: unknown }).next).toBeUndefined();
  });

  it('tells one that comes in the middle of an event nothing that was published before', () => {
    const { hub } = open();
    const late: string[] = [];
    const comeLate = (): unknown => hub.event$.subscribe((event) => late.push(name(event)));
    let hasCome = false;
    hub.event$.subscribe((event) => {
      if (name(event) !== 'a' || hasCome) return;
      hasCome = true;
      hub.publish(removed('b'));
      comeLate();
      hub.publish(removed('c'));
    });
    hub.publish(removed('a'));
    hub.publish(removed('d'));
    expect(late).toEqual(['c', 'd']);
  });

  it('hands out only so many events before everything else gets its turn, and none is lost', async () => {
    const { hub, hear } = open();
    const told = hear();
    const ids = Array.from({ length: 3 * MAX_EVENTS_A_TURN - 1 }, (_, index) => `s-${index}`);
    for (const id of ids) hub.publish(removed(id));
    expect(told).toHaveLength(MAX_EVENTS_A_TURN);
    await settle();
    expect(told).toHaveLength(2 * MAX_EVENTS_A_TURN);
    const closed = hub.close();
    hub.publish(removed('too late'));
    await closed;
    expect(told).toEqual(ids);
  });

  describe('with a subscriber that throws', () => {
    const fault = new RangeError('my own fault');
    const fail = (): never => {
      throw fault;
    };

    it('tells all the others, and itself, and reports it once', () => {
      const { hub, hear, faults } = open();
      const before = hear();
      const itself: string[] = [];
      hub.event$.subscribe({
        next: (event) => {
          itself.push(name(event));
          fail();
        },
        complete: fail,
      });
      const after = hear();
      for (const id of ['a', 'b']) hub.publish(removed(id));
      void hub.close();
      expect({ before, itself, after, faults }).toEqual({
        ...{ before: ['a', 'b'], itself: ['a', 'b'], after: ['a', 'b'] },
        faults: [fault],
      });
    });

    it.each<[string, (hub: Opened['hub']) => unknown]>([
      [
        'as a Subscriber, which RxJS takes as it is',
        (hub) => hub.event$.subscribe(new ThrowingSubscriber(fault)),
      ],
      ['behind an operator', (hub) => hub.event$.pipe(map(name)).subscribe(fail)],
      ['behind two', (hub) => hub.event$.pipe(map(name)).pipe(take(5)).subscribe({ next: fail })],
      ['in an operator', (hub) => hub.event$.pipe(map(fail)).subscribe(() => undefined)],
      [
        'in what it makes of an event',
        (hub) => hub.event$.pipe(concatMap(() => throwError(fail))).subscribe(),
      ],
      ['in its handler of errors', (hub) => hub.event$.pipe(map(fail)).subscribe({ error: fail })],
      [
        'because it leaves',
        (hub) => {
          const leaving = hub.event$.subscribe(() => {
            leaving.unsubscribe();
            fail();
          });
        },
      ],
    ])('harms nobody %s', async (_title, subscribe) => {
      const { hub, hear, faults } = open();
      const before = hear();
      subscribe(hub);
      const after = hear();
      for (const id of ['a', 'b']) hub.publish(removed(id));
      // RxJS throws from a timer what nobody caught: it would fail the test.
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect({ before, after, faults }).toEqual({ before: ['a', 'b'], after: ['a', 'b'], faults: [fault] });
    });

    it('leaves errors to who handles them', () => {
      const { hub, faults } = open();
      const errors: unknown[] = [];
      hub.event$.pipe(map(fail)).subscribe({ error: (error: unknown) => errors.push(error) });
      hub.publish(removed('a'));
      expect([errors, faults]).toEqual([[fault], []]);
    });
  });
});

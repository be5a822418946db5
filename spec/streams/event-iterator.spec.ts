import { getEventListeners } from 'node:events';
import { Subject } from 'rxjs';
import type { LifecycleEvent } from '../../src/session/event.js';
import { EventIterator } from '../../streams/event-iterator.js';
import { anEvent, lagged, show } from './lifecycle-events.js';
import { drain, isOdd, iterate } from './iterate.js';

const over = { done: true, value: undefined };

describe('EventIterator', () => {
  it('starts when it is made, not when it is first asked', async () => {
    const { iterator, publish } = iterate();
    publish(1);
    expect(await iterator.next()).toEqual({ done: false, value: anEvent(1) });
  });

  it('knows nothing of what was before it', async () => {
    const event$ = new Subject<LifecycleEvent>();
    event$.next(anEvent(1));
    const iterator = new EventIterator(event$);
    event$.next(anEvent(2));
    expect(await iterator.next()).toEqual({ done: false, value: anEvent(2) });
  });

  it('waits for the next event', async () => {
    const { iterator, publish } = iterate();
    const next = iterator.next();
    publish(1);
    expect(await next).toEqual({ done: false, value: anEvent(1) });
  });

  it('answers several that wait in their order, one event each', async () => {
    const { iterator, event$, publish } = iterate();
    const asked = [iterator.next(), iterator.next(), iterator.next()];
    publish(1, 2);
    event$.complete();
    expect(await Promise.all(asked)).toEqual([
      { done: false, value: anEvent(1) },
      { done: false, value: anEvent(2) },
      over,
    ]);
  });

  it('loses the oldest of more than its capacity, and tells of the gap before it goes on', async () => {
    const { iterator, event$, publish } = iterate({ capacity: 2 });
    publish(1, 2, 3, 4, 5);
    event$.complete();
    expect((await drain(iterator)).map(show)).toEqual(['-3@3', '4', '5']);
  });

  it('loses nothing of exactly its capacity', async () => {
    const { iterator, event$, publish } = iterate({ capacity: 3 });
    publish(1, 2, 3);
    event$.complete();
    expect((await drain(iterator)).map(show)).toEqual(['1', '2', '3']);
  });

  it('tells of a gap that opens while another is being dealt with', async () => {
    const { iterator, event$, publish } = iterate({ capacity: 1 });
    publish(1, 2);
    const first = await iterator.next();
    publish(3);
    event$.complete();
    expect([first.value!, ...(await drain(iterator))].map(show)).toEqual(['-1@1', '-1@2', '3']);
  });

  it('counts only what is wanted against its capacity, and hides no gap', async () => {
    const { iterator, event$, publish } = iterate({ capacity: 2, where: isOdd });
    publish(1, 2, 3, 4, 5, 6);
    event$.complete();
    expect((await drain(iterator)).map(show)).toEqual(['-1@1', '3', '5']);
  });

  it('gives what waits and then ends when the events end', async () => {
    const { iterator, event$, publish } = iterate();
    publish(1, 2);
    event$.complete();
    expect((await drain(iterator)).map(show)).toEqual(['1', '2']);
    expect(await iterator.next()).toEqual(over);
  });

  it('hides no loss that its source tells of, whatever is wanted', async () => {
    const { iterator, event$, publish } = iterate({ where: () => false });
    publish(1);
    event$.next(lagged(4, 5));
    event$.complete();
    expect((await drain(iterator)).map(show)).toEqual(['-4@5']);
  });

  it('ends at once where the events have ended before', async () => {
    const event$ = new Subject<LifecycleEvent>();
    event$.complete();
    expect(await new EventIterator(event$).next()).toEqual(over);
  });

  it('lets go of the events when its consumer has had enough', async () => {
    const { iterator, event$, publish } = iterate();
    publish(1, 2);
    for await (const event of iterator) if (event.seq === 1) break;
    expect(event$.observed).toBe(false);
    expect(await iterator.next()).toEqual(over);
  });

  it('lets go of the events when its consumer throws', async () => {
    const { iterator, event$, publish } = iterate();
    publish(1);
    const consume = async (): Promise<void> => {
      for await (const event of iterator) throw new RangeError(show(event));
    };
    await expect(consume()).rejects.toThrow(RangeError);
    expect(event$.observed).toBe(false);
  });

  it('ends those who wait when it is ended', async () => {
    const { iterator } = iterate();
    const asked = [iterator.next(), iterator.next()];
    expect(await iterator.return()).toEqual(over);
    expect(await Promise.all(asked)).toEqual([over, over]);
  });

  it('cannot have a capacity of less than one, and hears nothing then', () => {
    const event$ = new Subject<LifecycleEvent>();
    expect(() => new EventIterator(event$, { capacity: 0 })).toThrow(RangeError);
    expect(event$.observed).toBe(false);
  });

  describe('with a signal', () => {
    const abort = (): { controller: AbortController; signal: AbortSignal } => {
      const controller = new AbortController();
      return { controller, signal: controller.signal };
    };

    it('ends at once, whatever still waits', async () => {
      const { controller, signal } = abort();
      const { iterator, event$, publish } = iterate({ capacity: 1, signal });
      publish(1, 2);
      controller.abort();
      expect(await iterator.next()).toEqual(over);
      expect(event$.observed).toBe(false);
    });

    it('ends those who wait', async () => {
      const { controller, signal } = abort();
      const { iterator } = iterate({ signal });
      const asked = iterator.next();
      controller.abort();
      expect(await asked).toEqual(over);
    });

    it('ends also what still waits after the events have ended', async () => {
      const { controller, signal } = abort();
      const { iterator, event$, publish } = iterate({ signal });
      publish(1, 2);
      event$.complete();
      controller.abort();
      expect(await iterator.next()).toEqual(over);
    });

    it('hears nothing if it was aborted before', async () => {
      const { iterator, event$, publish } = iterate({ signal: AbortSignal.abort() });
      publish(1);
      expect(event$.observed).toBe(false);
      expect(await iterator.next()).toEqual(over);
    });

    it.each<[string, (loop: ReturnType<typeof iterate>, controller: AbortController) => Promise<unknown>]>([
      ['it is aborted', async (_loop, controller) => controller.abort()],
      ['its consumer has had enough', async ({ iterator }) => iterator.return()],
      [
        'the events have ended',
        async ({ event$, iterator }) => {
          event$.complete();
          await iterator.next();
        },
      ],
      [
        'the events end under a consumer that waits',
        async ({ event$, iterator }) => {
          const asked = iterator.next();
          event$.complete();
          await asked;
        },
      ],
    ])('leaves nobody listening to the signal once %s', async (_title, end) => {
      const { controller, signal } = abort();
      const loop = iterate({ signal });
      expect(getEventListeners(signal, 'abort')).toHaveLength(1);
      await end(loop, controller);
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    });
  });
});

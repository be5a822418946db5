import { map, of, Subject, take, timer, type Observable } from 'rxjs';
import type { LifecycleEvent } from '../../src/session/event.js';
import { dropOldest } from '../../streams/drop-oldest.js';
import { anEvent, show } from './lifecycle-events.js';
import { runMarbles } from './run-marbles.js';

const events = Object.fromEntries('123456789'.split('').map((name) => [name, anEvent(Number(name))]));

/** A consumer that takes its time over each event, and then says which one it was. */
const takingTime =
  (ms: number) =>
  (event: LifecycleEvent): Observable<string> =>
    timer(ms).pipe(map(() => show(event)));

describe('dropOldest', () => {
  it('gives nothing as long as nothing happens', () =>
    runMarbles(({ hot, expectObservable }) => {
      const event$ = hot<LifecycleEvent>('-----');
      const expected = '                  -----';

      expectObservable(event$.pipe(dropOldest({ consume: takingTime(2) }))).toBe(expected);
    }));

  it('ends at once when the events end and nothing waits', () =>
    runMarbles(({ hot, expectObservable }) => {
      const event$ = hot<LifecycleEvent>('--|');
      const expected = '                  --|';

      expectObservable(event$.pipe(dropOldest({ consume: takingTime(2) }))).toBe(expected);
    }));

  it('hands each event over at once to a consumer that is faster than they come', () =>
    runMarbles(({ hot, expectObservable, expectSubscriptions }) => {
      const event$ = hot('-1--2----3--|', events);
      const subs = '      ^-----------!';
      const expected = '  ---1--2----3|';

      expectObservable(event$.pipe(dropOldest({ capacity: 1, consume: takingTime(2) }))).toBe(expected);
      expectSubscriptions(event$.subscriptions).toBe(subs);
    }));

  it('keeps as many as its capacity while the consumer is busy, and loses none of them', () =>
    runMarbles(({ hot, expectObservable }) => {
      const event$ = hot('123--------- ', events);
      const expected = '  ----1---2---3';

      expectObservable(event$.pipe(dropOldest({ capacity: 2, consume: takingTime(4) }))).toBe(expected);
    }));

  it('drops the oldest when it is full, and tells of the gap before it goes on', () =>
    runMarbles(({ hot, expectObservable }) => {
      const event$ = hot('12345------------    ', events);
      const expected = '  -----1----g----4----5';

      expectObservable(event$.pipe(dropOldest({ capacity: 2, consume: takingTime(5) }))).toBe(expected, {
        1: '1',
        g: '-2@3',
        4: '4',
        5: '5',
      });
    }));

  it('tells of a gap that opens while it tells of another', () =>
    runMarbles(({ hot, expectObservable }) => {
      const event$ = hot('123--4------------', events);
      const expected = '  ----1---g---h---4 ';

      expectObservable(event$.pipe(dropOldest({ capacity: 1, consume: takingTime(4) }))).toBe(expected, {
        1: '1',
        g: '-1@2',
        h: '-1@3',
        4: '4',
      });
    }));

  it('still hands over what waits when the events end, and then ends', () =>
    runMarbles(({ hot, expectObservable, expectSubscriptions }) => {
      const event$ = hot('1234|           ', events);
      const subs = '      ^---!           ';
      const expected = '  ---1--g--3--(4|)';

      expectObservable(event$.pipe(dropOldest({ capacity: 2, consume: takingTime(3) }))).toBe(expected, {
        1: '1',
        g: '-1@2',
        3: '3',
        4: '4',
      });
      expectSubscriptions(event$.subscriptions).toBe(subs);
    }));

  it('waits until what the consumer returns has ended, and gives out all of it', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const event$ = hot('12---------', events);
      const work$ = cold('-a-b-|     ');
      const workSubs = [' ^----!     ', '-----^----!'];
      const expected = '  -a-b--a-b--';

      expectObservable(event$.pipe(dropOldest({ consume: () => work$ }))).toBe(expected);
      expectSubscriptions(work$.subscriptions).toBe(workSubs);
    }));

  it('hands over nothing more to a consumer that stalls', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const event$ = hot('12--3--|', events);
      const work$ = cold('---     ');
      const workSubs = '  ^       ';
      const expected = '  --------';

      expectObservable(event$.pipe(dropOldest({ capacity: 1, consume: () => work$ }))).toBe(expected);
      expectSubscriptions(work$.subscriptions).toBe([workSubs]);
    }));

  it('fails with a consumer that fails, and lets go of the events', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const event$ = hot('-1-2-----', events);
      const subs = '      ^--!     ';
      const work$ = cold('--#      ');
      const expected = '  ---#     ';

      expectObservable(event$.pipe(dropOldest({ consume: () => work$ }))).toBe(expected);
      expectSubscriptions(event$.subscriptions).toBe(subs);
    }));

  it('fails with a consumer that throws, and lets go of the events', () =>
    runMarbles(({ hot, expectObservable, expectSubscriptions }) => {
      const event$ = hot('-1-2-----', events);
      const subs = '      ^!       ';
      const expected = '  -#       ';
      const consume = (): Observable<string> => {
        throw new Error('pipe closed');
      };

      expectObservable(event$.pipe(dropOldest({ consume }))).toBe(expected, {}, new Error('pipe closed'));
      expectSubscriptions(event$.subscriptions).toBe(subs);
    }));

  it('fails with the events', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const event$ = hot('-12#   ', events);
      const work$ = cold('------|');
      const workSubs = '  -^-!   ';
      const expected = '  ---#   ';

      expectObservable(event$.pipe(dropOldest({ consume: () => work$ }))).toBe(expected);
      expectSubscriptions(work$.subscriptions).toBe(workSubs);
    }));

  it('lets go of the events and of the consumer when nobody listens any more', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const event$ = hot('-12------', events);
      const subs = '      ^---!    ';
      const work$ = cold('------|  ');
      const workSubs = '  -^--!    ';
      const unsub = '     ----!    ';
      const expected = '  -----    ';

      expectObservable(event$.pipe(dropOldest({ consume: () => work$ })), unsub).toBe(expected);
      expectSubscriptions(event$.subscriptions).toBe(subs);
      expectSubscriptions(work$.subscriptions).toBe(workSubs);
    }));

  it('lets go of the consumer also when that began right after one that took no time', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const event$ = hot('123------', events);
      const slow$ = cold('----|    ');
      const slowSubs = [' ^---!    ', '----^-!  '];
      const unsub = '     ------!  ';
      const expected = '  ----f--  ';

      const consume = ({ seq }: LifecycleEvent): Observable<string> => (seq === 2 ? of('f') : slow$);
      expectObservable(event$.pipe(dropOldest({ consume })), unsub).toBe(expected);
      expectSubscriptions(slow$.subscriptions).toBe(slowSubs);
    }));

  it('hands over nothing after its subscriber had enough', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const event$ = hot('12-------', events);
      const subs = '      ^-!      ';
      const work$ = cold('--w|     ');
      const workSubs = [' ^-!      '];
      const expected = '  --(w|)   ';

      expectObservable(event$.pipe(dropOldest({ consume: () => work$ }), take(1))).toBe(expected);
      expectSubscriptions(event$.subscriptions).toBe(subs);
      expectSubscriptions(work$.subscriptions).toBe(workSubs);
    }));

  it('hands over nothing of what waits either, though its consumer takes no time', () => {
    const event$ = new Subject<LifecycleEvent>();
    const first$ = new Subject<never>();
    const consumed: number[] = [];
    const consume = ({ seq }: LifecycleEvent): Observable<string> => {
      consumed.push(seq);
      return seq === 1 ? first$ : of('done');
    };
    event$.pipe(dropOldest({ consume }), take(1)).subscribe();
    for (const seq of [1, 2, 3]) event$.next(anEvent(seq));
    first$.complete();
    expect(consumed).toEqual([1, 2]);
  });

  it('takes promises as well', async () => {
    const event$ = new Subject<LifecycleEvent>();
    const told = new Promise<string[]>((resolve, reject) => {
      const texts: string[] = [];
      event$.pipe(dropOldest({ capacity: 1, consume: async (event) => show(event) })).subscribe({
        next: (text) => texts.push(text),
        error: reject,
        complete: () => resolve(texts),
      });
    });
    for (const seq of [1, 2, 3]) event$.next(anEvent(seq));
    event$.complete();
    expect(await told).toEqual(['1', '-1@2', '3']);
  });

  it('hands over a long queue to a consumer that takes no time', () => {
    const event$ = new Subject<LifecycleEvent>();
    const first$ = new Subject<never>();
    let last = 0;
    event$
      .pipe(
        dropOldest({
          capacity: 100_000,
          consume: ({ seq }) => {
            last = seq;
            return seq === 1 ? first$ : [];
          },
        }),
      )
      .subscribe();
    for (let seq = 1; seq <= 100_001; seq += 1) event$.next(anEvent(seq));
    first$.complete();
    expect(last).toBe(100_001);
  });

  it('keeps the order when the consumer makes more happen', () => {
    const event$ = new Subject<LifecycleEvent>();
    const told: string[] = [];
    event$
      .pipe(
        dropOldest({
          consume: (event) => {
            if (event.seq === 1) for (const seq of [2, 3]) event$.next(anEvent(seq));
            told.push(show(event));
            return [];
          },
        }),
      )
      .subscribe();
    event$.next(anEvent(1));
    expect(told).toEqual(['1', '2', '3']);
  });

  it('cannot have a capacity of less than one', () => {
    const failures: unknown[] = [];
    new Subject<LifecycleEvent>()
      .pipe(dropOldest({ capacity: 0, consume: () => [] }))
      .subscribe({ error: (error: unknown) => failures.push(error) });
    expect(failures).toEqual([expect.any(RangeError)]);
  });
});

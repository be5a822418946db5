import { fromEvent, NEVER, takeUntil } from 'rxjs';
import { fromAbortable } from '../../streams/from-abortable.js';
import { promiseOf } from './promise-of.js';
import { runMarbles } from './run-marbles.js';

describe('fromAbortable', () => {
  it('gives the one answer and ends', () =>
    runMarbles(({ cold, expectObservable }) => {
      const answer$ = cold('---(a|)');
      const expected = '    ---(a|)';

      expectObservable(fromAbortable(() => promiseOf(answer$))).toBe(expected);
    }));

  it('waits for an answer that never comes', () =>
    runMarbles(({ cold, expectObservable }) => {
      const answer$ = cold('---');
      const expected = '    ---';

      expectObservable(fromAbortable(() => promiseOf(answer$))).toBe(expected);
    }));

  it('fails with a promise that rejects', () =>
    runMarbles(({ cold, expectObservable }) => {
      const answer$ = cold('---#');
      const expected = '    ---#';

      expectObservable(fromAbortable(() => promiseOf(answer$))).toBe(expected);
    }));

  it('fails with a function that throws instead', () =>
    runMarbles(({ expectObservable }) => {
      const source$ = fromAbortable(() => {
        throw new RangeError('not even a promise');
      });
      expectObservable(source$).toBe('#', {}, new RangeError('not even a promise'));
    }));

  it('asks anew for each subscriber, and only then', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions }) => {
      const answer$ = cold('  --(a|)   ');
      const firstSubs = '     ^-!      ';
      const firstExpected = ' --(a|)   ';
      const secondSubs = '    ---^-!   ';
      const second = '        ---^     ';
      const secondExpected = '-----(a|)';
      const source$ = fromAbortable(() => promiseOf(answer$));

      expectObservable(source$).toBe(firstExpected);
      expectObservable(source$, second).toBe(secondExpected);
      expectSubscriptions(answer$.subscriptions).toBe([firstSubs, secondSubs]);
    }));

  it('tells, by the signal, when nobody waits any more, and gives nothing after that', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions }) => {
      const answer$ = cold('------(a|)');
      const answerSubs = '  ^--!      ';
      const unsub = '       ---!      ';
      const expected = '    ---       ';
      const source$ = fromAbortable(({ signal }) =>
        promiseOf(answer$.pipe(takeUntil(fromEvent(signal, 'abort')))),
      );

      expectObservable(source$, unsub).toBe(expected);
      expectSubscriptions(answer$.subscriptions).toBe(answerSubs);
    }));

  it.each([
    ['answered', () => Promise.resolve('a')],
    ['failed', () => Promise.reject(new Error('no answer'))],
  ])('leaves the signal alone when it has %s', async (_title, answer: () => Promise<string>) => {
    let asked: AbortSignal | undefined;
    const source$ = fromAbortable(({ signal }) => {
      asked = signal;
      return answer();
    });
    await new Promise<void>((resolve) => {
      source$.subscribe({ error: () => resolve(), complete: resolve });
    });
    expect(asked?.aborted).toBe(false);
  });

  it('aborts when its subscriber has enough before the answer', () => {
    let asked: AbortSignal | undefined;
    const source$ = fromAbortable(({ signal }) => {
      asked = signal;
      return promiseOf(NEVER);
    });
    source$.subscribe().unsubscribe();
    expect(asked?.aborted).toBe(true);
  });

  it('shows one who asks for the signal only then that nobody waits any more', () => {
    let options: { readonly signal: AbortSignal } | undefined;
    const source$ = fromAbortable((given) => {
      options = given;
      return promiseOf(NEVER);
    });
    source$.subscribe().unsubscribe();
    expect(options?.signal.aborted).toBe(true);
  });
});

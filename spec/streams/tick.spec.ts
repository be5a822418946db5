import { runMarbles } from './run-marbles.js';
import { ticks, type Tick } from '../../streams/tick.js';

const values: Record<string, Tick> = { t: { type: 'timer' }, a: { type: 'asked' } };
const runs = { y: true, n: false };

describe('ticks', () => {
  it('ticks at once when the loop starts, then once an interval, and no more when it stops', () =>
    runMarbles(({ hot, expectObservable, scheduler }) => {
      const isRunning$ = hot('n-y--------n----', runs);
      const hint$ = hot('     ----------------');
      const ask$ = hot('      ----------------');
      const expected = '      --t---t---t-----';

      const tick$ = ticks({ isRunning$, hint$, ask$, pollIntervalMs: 4, scheduler });
      expectObservable(tick$).toBe(expected, values);
    }));

  it('hears hints only while the loop runs', () =>
    runMarbles(({ hot, expectObservable, expectSubscriptions, scheduler }) => {
      const isRunning$ = hot('n--y--- 30ms ---n----', runs);
      const hint$ = hot('     -h----h 30ms h----h--');
      const hintSubs = '      ---^--- 30ms ---!    ';
      const ask$ = hot('      ------- 30ms --------');
      const expected = '      ---t--a 30ms a-------';

      const tick$ = ticks({ isRunning$, hint$, ask$, pollIntervalMs: 100, scheduler });
      expectObservable(tick$).toBe(expected, values);
      expectSubscriptions(hint$.subscriptions).toBe(hintSubs);
    }));

  it('takes hints that come together for two reasons to look: one at once, and one for all the others', () =>
    runMarbles(({ hot, expectObservable, scheduler }) => {
      const isRunning$ = hot('y-----------------------------', runs);
      const hint$ = hot('     --hhh-h---------------------h-');
      const ask$ = hot('      ------------------------------');
      const expected = '      t-a-------------------a-------';

      const tick$ = ticks({ isRunning$, hint$, ask$, pollIntervalMs: 1_000, scheduler });
      expectObservable(tick$, '^---------------------------!').toBe(expected, values);
    }));

  it('can be asked whether or not the loop runs', () =>
    runMarbles(({ hot, expectObservable, scheduler }) => {
      const isRunning$ = hot('n--y---n---', runs);
      const hint$ = hot('     -----------');
      const ask$ = hot('      -a---a---a-');
      const expected = '      -a-t-a---a-';

      const tick$ = ticks({ isRunning$, hint$, ask$, pollIntervalMs: 100, scheduler });
      expectObservable(tick$).toBe(expected, values);
    }));

  it('starts its interval anew when the loop starts anew', () =>
    runMarbles(({ hot, expectObservable, scheduler }) => {
      const isRunning$ = hot('y---n--y-----', runs);
      const hint$ = hot('     -------------');
      const ask$ = hot('      -------------');
      const expected = '      t--t---t--t--';

      const tick$ = ticks({ isRunning$, hint$, ask$, pollIntervalMs: 3, scheduler });
      expectObservable(tick$, '^------------!').toBe(expected, values);
    }));

  it('lets go of everything when nobody listens any more', () =>
    runMarbles(({ hot, expectObservable, expectSubscriptions, scheduler }) => {
      const isRunning$ = hot('y---------', runs);
      const hint$ = hot('     ----------');
      const ask$ = hot('      ----------');
      const unsub = '         ----!     ';
      const subs = '          ^---!     ';
      const expected = '      t-t-      ';

      expectObservable(ticks({ isRunning$, hint$, ask$, pollIntervalMs: 2, scheduler }), unsub).toBe(
        expected,
        values,
      );
      expectSubscriptions(isRunning$.subscriptions).toBe(subs);
      expectSubscriptions(hint$.subscriptions).toBe(subs);
      expectSubscriptions(ask$.subscriptions).toBe(subs);
    }));
});

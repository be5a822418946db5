import { tap, type Observable } from 'rxjs';
import { onePassAtATime } from '../../streams/one-pass-at-a-time.js';
import type { Tick } from '../../streams/tick.js';
import { runMarbles } from './run-marbles.js';

const ticks: Record<string, Tick> = { t: { type: 'timer' }, a: { type: 'asked' } };

describe('onePassAtATime', () => {
  it('starts nothing as long as nothing ticks', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot<Tick>('------');
      const pass$ = cold('     p|    ');
      const expected = '       ------';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe([]);
    }));

  it('ends with the ticks', () =>
    runMarbles(({ hot, cold, expectObservable }) => {
      const tick$ = hot<Tick>('---|');
      const pass$ = cold('     p|  ');
      const expected = '       ---|';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
    }));

  it('gives out all that a pass gives out', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' --t-------', ticks);
      const pass$ = cold('-pq-r|    ');
      const passSubs = '  --^----!  ';
      const expected = '  ---pq-r---';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('skips a tick of the timer that comes during a pass', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' t-t---t-t-----', ticks);
      const pass$ = cold('---p|         ');
      const passSubs = [' ^---!         ', '------^---!   '];
      const expected = '  ---p-----p----';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('skips a tick of the timer that lands on the last frame of a pass', () =>
    runMarbles(({ hot, cold, expectObservable }) => {
      const tick$ = hot(' t---t---t----', ticks);
      const pass$ = cold('---p|        ');
      const expected = '  ---p-------p-';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
    }));

  it('remembers a tick that was asked for during a pass, and starts one more', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' t-a-------', ticks);
      const pass$ = cold('---p|     ');
      const passSubs = [' ^---!     ', '----^---! '];
      const expected = '  ---p---p--';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('starts a single pass for all that was asked during one', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' a(aa)a-------- ', ticks);
      const pass$ = cold('------p|       ');
      const passSubs = [' ^------!       ', '-------^------!'];
      const expected = '  ------p------p-';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('starts one more for a tick that is asked for on the last frame of a pass', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' t---a-----', ticks);
      const pass$ = cold('---p|     ');
      const passSubs = [' ^---!     ', '----^---! '];
      const expected = '  ---p---p--';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('remembers what is asked during the pass that was remembered', () =>
    runMarbles(({ hot, cold, expectObservable }) => {
      const tick$ = hot(' a-a---a---------', ticks);
      const pass$ = cold('---p|           ');
      const expected = '  ---p---p---p----';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
    }));

  it('may start the next pass when one that goes on says that it is over', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' t-t-t------', ticks);
      const pass$ = cold('--o--p|    ');
      const passSubs = [' ^-----!    ', '----^-----!'];
      const expected = '  --o--po--p-';

      expectObservable(tick$.pipe(onePassAtATime(overAt('o', pass$)))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('runs what was asked as soon as a pass that goes on says that it is over', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' ta---------', ticks);
      const pass$ = cold('---o-p|    ');
      const passSubs = [' ^-----!    ', '---^-----!'];
      const expected = '  ---o-po-p- ';

      expectObservable(tick$.pipe(onePassAtATime(overAt('o', pass$)))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('is not misled by the late end of a pass that gave way', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' t----t-t-t------', ticks);
      const pass$ = cold('--o--p|         ');
      const passSubs = [' ^-----!         ', '-----^-----!    ', '---------^-----!'];
      const expected = '  --o--p-o--po--p-';

      expectObservable(tick$.pipe(onePassAtATime(overAt('o', pass$)))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('lets the last pass finish when the ticks end', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' t-|  ', ticks);
      const pass$ = cold('---p|');
      const passSubs = '  ^---!';
      const expected = '  ---p|';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('starts nothing after the ticks have ended, not even what was asked before', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' ta|  ', ticks);
      const pass$ = cold('---p|');
      const passSubs = '  ^---!';
      const expected = '  ---p|';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
      expectSubscriptions(pass$.subscriptions).toBe([passSubs]);
    }));

  it('fails with a pass that fails, and starts no other', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' ta-------', ticks);
      const tickSubs = '  ^--!     ';
      const pass$ = cold('---#     ');
      const passSubs = [' ^--!     '];
      const expected = '  ---#     ';

      expectObservable(tick$.pipe(onePassAtATime(() => pass$))).toBe(expected);
      expectSubscriptions(tick$.subscriptions).toBe(tickSubs);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('lets go of the ticks and of every pass when nobody listens any more', () =>
    runMarbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const tick$ = hot(' ta-----', ticks);
      const tickSubs = '  ^----! ';
      const pass$ = cold('--o----');
      const passSubs = [' ^----! ', '--^--! '];
      const unsub = '     -----! ';
      const expected = '  --o-o--';

      expectObservable(tick$.pipe(onePassAtATime(overAt('o', pass$))), unsub).toBe(expected);
      expectSubscriptions(tick$.subscriptions).toBe(tickSubs);
      expectSubscriptions(pass$.subscriptions).toBe(passSubs);
    }));

  it('knows nothing of the passes of another subscription', () =>
    runMarbles(({ hot, cold, expectObservable }) => {
      const tick$ = hot(' t-t---', ticks);
      const pass$ = cold('---p| ');
      const second = '    -^    ';
      const stage$ = tick$.pipe(onePassAtATime(() => pass$));

      expectObservable(stage$).toBe('        ---p--');
      expectObservable(stage$, second).toBe('-----p');
    }));
});

/** A pass that says it is over when it gives out this. */
const overAt =
  (mark: string, pass$: Observable<string>) =>
  (isOver: () => void): Observable<string> =>
    pass$.pipe(tap((value) => value === mark && isOver()));

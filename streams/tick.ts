import { map, merge, NEVER, switchMap, throttleTime, timer, type Observable, type SchedulerLike } from 'rxjs';

/** What starts a pass. A timer's tick may be skipped; one that was asked for never is. */
export interface Tick {
  type: 'timer' | 'asked';
}

/** Hints that come within this time of each other are one reason to look, or two: one at once, and one for the rest. */
export const COALESCE_MS = 20;

export interface TickOptions {
  /** Whether the loop runs: only then does the timer tick, and only then do hints count. */
  isRunning$: Observable<boolean>;
  /** Something was heard. */
  hint$: Observable<unknown>;
  /** Somebody wants a pass. */
  ask$: Observable<unknown>;
  pollIntervalMs: number;
  scheduler: SchedulerLike;
}

/** The interval: a tick at once and then one each `pollIntervalMs`, and one for what was heard and each time it is asked. */
export function ticks({ isRunning$, hint$, ask$, pollIntervalMs, scheduler }: TickOptions): Observable<Tick> {
  const interval$ = timer(0, pollIntervalMs, scheduler).pipe(map((): Tick => ({ type: 'timer' })));
  const asked$ = (reason$: Observable<unknown>): Observable<Tick> =>
    reason$.pipe(map((): Tick => ({ type: 'asked' })));
  const heard$ = hint$.pipe(throttleTime(COALESCE_MS, scheduler, { leading: true, trailing: true }));
  return merge(
    isRunning$.pipe(switchMap((isRunning) => (isRunning ? merge(interval$, asked$(heard$)) : NEVER))),
    asked$(ask$),
  );
}

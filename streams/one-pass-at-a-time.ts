import {
  audit,
  BehaviorSubject,
  connect,
  defer,
  endWith,
  filter,
  finalize,
  ignoreElements,
  merge,
  mergeMap,
  take,
  takeUntil,
  type Observable,
  type OperatorFunction,
} from 'rxjs';
import type { Tick } from './tick.js';

/**
 * Starts a pass for each tick, never two at once: a timer's tick that comes during a pass is skipped, one that was
 * asked for is remembered and starts one more. A pass is over when it completes, or when it calls `isOver` before.
 */
export function onePassAtATime<T>(
  startPass: (isOver: () => void) => Observable<T>,
): OperatorFunction<Tick, T> {
  return (tick$) =>
    defer(() => {
      const isPassing$ = new BehaviorSubject(false);
      const over$ = isPassing$.pipe(
        filter((isPassing) => !isPassing),
        take(1),
      );
      return tick$.pipe(
        connect((shared$) =>
          merge(
            shared$.pipe(filter((tick) => tick.type === 'timer' && !isPassing$.value)),
            shared$.pipe(
              filter((tick) => tick.type === 'asked'),
              audit(() => over$),
              // What is still remembered when the ticks end is forgotten, or it would start a pass after the end.
              takeUntil(shared$.pipe(ignoreElements(), endWith(null))),
            ),
          ),
        ),
        mergeMap(() => {
          const isOver = once(() => isPassing$.next(false));
          isPassing$.next(true);
          return startPass(isOver).pipe(finalize(isOver));
        }),
      );
    });
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}

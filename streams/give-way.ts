import { timer, using, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';

/** How long a pass may hold back the next one, once it only waits for probes. */
export const GIVE_WAY_AFTER_MS = 1_000;

/** Calls `isOver` when the stream has gone on for `GIVE_WAY_AFTER_MS`, so that what hangs in it holds nothing back. */
export const giveWay =
  <T>(isOver: () => void, { scheduler }: { scheduler: SchedulerLike }): MonoTypeOperatorFunction<T> =>
  (source$) =>
    using(
      () => timer(GIVE_WAY_AFTER_MS, scheduler).subscribe(isOver),
      () => source$,
    );

import { concat, from, mergeMap, timer, type Observable, type SchedulerLike } from 'rxjs';
import { isProvenDead } from './is-proven-dead.js';
import type { ProbeTarget } from './probe.js';

/** How long the living wait: about as long as a save takes, which asking a hundred of them would hold up. */
export const HEAD_START_MS = 5;

/** Hands out what is to be probed; where some have ended, those first, so that their deaths are told without delay. */
export function deathsFirst(
  targets: readonly ProbeTarget[],
  { scheduler }: { scheduler: SchedulerLike },
): Observable<ProbeTarget> {
  const ended = new Set(
    targets.filter(({ session: { handle }, view }) => handle && isProvenDead(view, handle)),
  );
  const living = targets.filter((target) => !ended.has(target));
  if (ended.size === 0 || living.length === 0) return from(targets);
  return concat(ended, timer(HEAD_START_MS, scheduler).pipe(mergeMap(() => living)));
}

import type { Activity } from './activity.js';
import type { AwakeTime } from './clock.js';

/** When a session's idleness began, on the machine's clock of waking hours. `since` is the `idleSince` it belongs to. */
export interface IdleClock {
  since: string;
  boot: string;
  awakeMs: number;
}

export interface IdleMoment {
  /** Epoch milliseconds. */
  now: number;
  awake?: AwakeTime | undefined;
}

/**
 * The clock of an idleness that began at `since`: the one before, as long as it counts the same boot of the same machine;
 * else one that begins where the time of day puts it. Null where waking hours are not known.
 */
function keepIdleClock(
  before: IdleClock | null,
  since: string,
  { now, awake }: IdleMoment,
): IdleClock | null {
  if (!awake) return before;
  if (before?.since === since && before.boot === awake.boot) return before;
  return { since, boot: awake.boot, awakeMs: awake.ms - Math.max(0, now - Date.parse(since)) };
}

/** For how long a session has been idle, in ms: of the machine's waking hours, where those are known. */
export const idleMs = (since: string, clock: IdleClock | null, { now, awake }: IdleMoment): number =>
  clock && awake && clock.boot === awake.boot ? awake.ms - clock.awakeMs : now - Date.parse(since);

/** Since when a session has been idle or blocked, by both clocks. */
export interface Idleness {
  since: string | null;
  clock: IdleClock | null;
}

/** The idleness of a session that is doing this now; what is not known neither begins nor ends it. */
export function idleness(
  { idleSince, idleClock = null }: { idleSince: string | null; idleClock?: IdleClock | null | undefined },
  activity: Activity | null,
  moment: IdleMoment,
): Idleness {
  if (activity === null) return { since: idleSince, clock: idleClock };
  if (activity !== 'idle' && activity !== 'blocked') return { since: null, clock: null };
  const since = idleSince ?? new Date(moment.now).toISOString();
  return { since, clock: keepIdleClock(idleClock, since, moment) };
}

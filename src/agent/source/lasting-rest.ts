import type { RuntimeView } from '../../runtime/runtime.js';
import type { Clock } from '../../session/clock.js';
import type { Session } from '../../session/session.js';
import { IDLE_AFTER_MS } from './rest-activity.js';
import type { SourceReading } from './source-reading.js';
import { isEdge, SETTLE_MS } from './weigh-sources.js';

/** What a still screen says may still change within this time, by its age alone: milliseconds. */
const STILL_MS = 4_000;

export interface RestOptions {
  /** The look at its server by which the sources were read, and when that was: epoch milliseconds. */
  view: RuntimeView;
  now: number;
  clock: Clock;
  /** What each source said, and the one that decided. */
  readings: readonly SourceReading[];
  reading: SourceReading | null;
  /** Each tells whether one of the files that were read is still the same. */
  unchanged: readonly (() => boolean)[];
}

/**
 * Tells, from a later look at its server, whether a session's sources would say the same again: while nothing moves on its
 * screen, its files are the same, and it is not yet `idle`. Null where that can't be told, or where it does not rest.
 */
export function lastingRest(
  { handle }: Session,
  { view, now, clock, readings, reading, unchanged }: RestOptions,
): ((later: RuntimeView) => boolean) | null {
  const signs = handle && view.signs?.(handle);
  const outputMs = Date.parse(signs?.lastOutputAt ?? '');
  const answers = readings.filter(({ state }) => state === 'answered');
  const activity = reading?.activity ?? 'active';
  if (!handle || !signs || !(now - outputMs >= STILL_MS) || activity === 'active') return null;
  const times = answers.map(({ observedAt }) => Date.parse(observedAt));
  // An edge weighs less once it is no longer new.
  if (answers.some(({ source }, index) => isEdge(source) && now - (times[index] ?? 0) < SETTLE_MS))
    return null;
  const restedSinceMs = Math.min(outputMs, ...times);
  const untilMs = activity === 'ready' ? restedSinceMs + IDLE_AFTER_MS : Infinity;
  return (later) => {
    const current = later.signs?.(handle);
    const laterMs = clock.now();
    return (
      current?.lastOutputAt === signs.lastOutputAt &&
      current.bell === signs.bell &&
      current.title === signs.title &&
      laterMs >= now &&
      laterMs < untilMs &&
      unchanged.every((isUnchanged) => isUnchanged())
    );
  };
}

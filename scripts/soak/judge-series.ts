import { quantile } from '../../bench/quantile.js';
import { fitSlope, type Point } from './fit-line.js';

const HOUR_MS = 3_600_000;

/** What must not grow. */
export interface Measure {
  /** What is measured, with its unit. */
  name: string;
  /** By how much it may rise, along its line, from the end of the warm-up to the end; null is any. */
  mayRise: number | null;
}

/** What came of a measure; slopes are by the hour. */
export interface Verdict {
  name: string;
  firstThird: number;
  lastThird: number;
  slope: number;
  /** The steepest slope that is no leak: the longer the run, the less may be put down to chance. */
  bound: number | null;
  isBroken: boolean;
}

/** Whether what was measured grows; `at` of the points is in milliseconds, and the first ones until `warmUntil` don't count. */
export function judgeSeries(measure: Measure, points: readonly Point[], warmUntil: number): Verdict {
  const counted = points.filter(({ at }) => at >= warmUntil);
  const third = Math.ceil(counted.length / 3);
  const medianOf = (part: readonly Point[]): number =>
    quantile(
      part.map(({ value }) => value),
      0.5,
    );
  const spanMs = (counted.at(-1)?.at ?? 0) - (counted[0]?.at ?? 0);
  const slope = fitSlope(counted) * HOUR_MS;
  const bound = measure.mayRise === null ? null : (measure.mayRise / Math.max(spanMs, 1)) * HOUR_MS;
  return {
    name: measure.name,
    firstThird: medianOf(counted.slice(0, third)),
    lastThird: medianOf(counted.slice(-third)),
    slope,
    bound,
    // What was never measured shows nothing.
    isBroken: counted.length < 3 || (bound !== null && slope > bound),
  };
}

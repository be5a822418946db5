import type { Verdict } from './judge-series.js';

/** What came of a soak. */
export interface SoakReport {
  verdicts: Verdict[];
  counts: Record<string, number>;
  /** What must not happen, in words. */
  breaches: string[];
  /** How long it took each time until another one ran the loop. */
  takeoverMs: number[];
}

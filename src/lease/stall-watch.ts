import { readPulse } from './pulse.js';

/** After how many intervals without the end of a pass a holder is reported. */
export const STALLED_AFTER_INTERVALS = 3;

/** Shorter intervals are counted as this long: a busy machine is no stall. */
const LEAST_INTERVAL_MS = 1_000;

/** How long a holder with this interval may go without ending a pass. */
export const stallLimitMs = (pollIntervalMs: number): number =>
  STALLED_AFTER_INTERVALS * Math.max(pollIntervalMs, LEAST_INTERVAL_MS);

/** Notices, by its own watch and not by the clock of the wall, that a holder ends no pass. */
export class StallWatch {
  readonly #home: string;
  readonly #nowMs: () => number;
  #seen = { beatAtMs: Number.NaN, atMs: 0 };
  #isReported = false;

  constructor(home: string, { nowMs = () => performance.now() }: { nowMs?: () => number } = {}) {
    this.#home = home;
    this.#nowMs = nowMs;
  }

  /** For how long no pass has ended, once for each time that it is too long; else null. */
  look(): number | null {
    const pulse = readPulse(this.#home);
    const now = this.#nowMs();
    if (!pulse || pulse.beatAtMs !== this.#seen.beatAtMs) {
      this.#seen = { beatAtMs: pulse?.beatAtMs ?? Number.NaN, atMs: now };
      this.#isReported = false;
      return null;
    }
    const silentMs = now - this.#seen.atMs;
    const isStalled = pulse.pollIntervalMs !== null && silentMs > stallLimitMs(pulse.pollIntervalMs);
    if (!isStalled || this.#isReported) return null;
    this.#isReported = true;
    return silentMs;
  }
}

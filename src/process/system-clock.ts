import type { Clock } from '../session/clock.js';

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

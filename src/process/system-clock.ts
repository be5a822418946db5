import type { Clock } from '../session/clock.js';
import { readAwakeTime } from './awake-time.js';

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now(), awake: () => readAwakeTime() };

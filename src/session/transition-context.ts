import type { AwakeTime } from './clock.js';

/** What a transition needs to know beside the reading: the time, and what the loop was told. */
export interface TransitionContext {
  /** Epoch milliseconds. */
  now: number;
  /** How long the machine has been awake: idleness is counted by that, where it is known. */
  awake?: AwakeTime | undefined;
  /** How long an idle or blocked session may stay so before it is `stuck`; never, if left out. */
  stuckAfterMs?: number | undefined;
}

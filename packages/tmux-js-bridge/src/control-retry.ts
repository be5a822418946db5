import type { ControlRefusal } from './explain-control-end.js';

const firstPauseMs = 50;
const longestPauseMs = 1_000;
const refusedPauseMs = 10_000;

/** When to try again: by itself after a pause, or after it with the next run that a server answers. */
export interface ControlPause {
  type: 'timer' | 'run';
  pauseMs: number;
}

/** Paces the attempts to connect. */
export class ControlRetry {
  #pauseMs = firstPauseMs;

  /** The pause after an attempt that came to nothing, or a connection that was lost after `lastedMs`. */
  pauseAfter({
    type,
    lastedMs = 0,
  }: {
    type: ControlRefusal['type'] | 'lost';
    lastedMs?: number;
  }): ControlPause {
    if (type === 'refused') return { type: 'run', pauseMs: refusedPauseMs };
    if (type === 'unwelcome') return { type: 'run', pauseMs: longestPauseMs };
    if (lastedMs >= longestPauseMs) this.#pauseMs = firstPauseMs;
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    return { type: 'timer', pauseMs };
  }
}

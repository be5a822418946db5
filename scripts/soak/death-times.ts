import { quantile } from '../../bench/quantile.js';
import type { LifecycleEvent } from '../../index.js';
import { sessionKey } from '../../src/session/session-key.js';

/** The median of so many counts: a single one is as noisy as the machine. */
const COUNTED = 11;

/** How long it takes from the moment in which a program is killed to the line that tells of its end. */
export class DeathTimes {
  readonly #killedAtMs = new Map<string, number>();
  readonly #latest = new Map<string, number[]>();

  /** The session's program is killed now. */
  begin(key: string): void {
    this.#killedAtMs.set(key, performance.now());
  }

  hear(listener: string, event: LifecycleEvent): void {
    if (event.type !== 'terminated') return;
    const killedAtMs = this.#killedAtMs.get(sessionKey({ projectId: event.projectId, id: event.sessionId }));
    if (killedAtMs === undefined) return;
    const times = [...(this.#latest.get(listener) ?? []), performance.now() - killedAtMs];
    this.#latest.set(listener, times.slice(-COUNTED));
  }

  /** By listener, the median of the last few; of none that heard of too few. */
  medians(): [listener: string, ms: number][] {
    const enough = [...this.#latest].filter(([, times]) => times.length > COUNTED / 2);
    return enough.map(([listener, times]) => [listener, quantile(times, 0.5)]);
  }
}

import { VirtualAction, VirtualTimeScheduler } from 'rxjs';
import type { Clock } from '../../src/session/clock.js';

/** The moment at which a hand scheduler's clock starts. */
export const STARTED_AT = '2026-01-01T12:00:00.000Z';

/** Lets every promise that can settle do so: all microtasks come before the next turn. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Virtual time that a test moves by hand, so that promises settle between one frame and the next. */
export class HandScheduler extends VirtualTimeScheduler {
  readonly clock: Clock = { now: () => Date.parse(STARTED_AT) + this.frame };

  constructor() {
    super(VirtualAction);
  }

  /** Moves on, stopping at each moment for which something is planned. */
  async advance(ms: number): Promise<void> {
    const end = this.frame + ms;
    await settle();
    for (let next = this.actions[0]; next && next.delay <= end; next = this.actions[0]) {
      this.maxFrames = next.delay;
      this.flush();
      await settle();
    }
    this.frame = end;
  }
}

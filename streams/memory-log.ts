import type { Clock } from '../src/session/clock.js';
import type { EventBody, LifecycleEvent } from '../src/session/event.js';
import type { EventLog } from '../src/session/event-log.js';
import type { Place } from '../src/session/place.js';

/** Numbers and dates the events of a loop that keeps no journal: they begin at 1 with each life of it. */
export class MemoryLog implements EventLog {
  readonly #clock: Clock;
  readonly #epoch: string;
  #seq = 0;

  constructor({ epoch, clock }: { epoch: string; clock: Clock }) {
    this.#epoch = epoch;
    this.#clock = clock;
  }

  get at(): Place {
    return { epoch: this.#epoch, seq: this.#seq };
  }

  append(bodies: readonly EventBody[]): LifecycleEvent[] {
    const time = new Date(this.#clock.now()).toISOString();
    return bodies.map((body) => {
      this.#seq += 1;
      return { ...body, seq: this.#seq, epoch: this.#epoch, time };
    });
  }

  checkpoint(): void {
    // What counts as told is known for as long as this process lives, and that is all that is kept here.
  }
}

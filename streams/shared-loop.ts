import type { PassReport } from '../src/session/pass-report.js';
import type { HomeLoop, Told } from './home-loop.js';
import { LifecycleStoppedError } from './lifecycle-stopped-error.js';
import { Seat, type SeatOptions } from './seat.js';

/** The loop of a home that one process runs for all of them: it takes part while it is started, or needed for a while. */
export class SharedLoop implements HomeLoop {
  readonly #options: SeatOptions;
  #seat: Promise<Seat> | null = null;
  #left: Promise<void> = Promise.resolve();
  #users = 0;
  #isStopped = false;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  async start(): Promise<PassReport | null> {
    const { seat } = await this.#enter();
    if (this.#isStopped) return null;
    return seat.startTimer();
  }

  async tick(): Promise<PassReport> {
    const { seat, leave } = await this.#enter();
    try {
      return (await seat.tick()) ?? (await Promise.reject(new LifecycleStoppedError()));
    } finally {
      await leave();
    }
  }

  async join(): Promise<{ told: () => Told; leave: () => Promise<void> }> {
    const { seat, leave } = await this.#enter();
    return { told: () => seat.told(), leave };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#leaveSeat();
  }

  async #enter(): Promise<{ seat: Seat; leave: () => Promise<void> }> {
    if (this.#isStopped) throw new LifecycleStoppedError();
    this.#users += 1;
    try {
      this.#seat ??= this.#left.then(() => Seat.take(this.#options));
      return { seat: await this.#seat, leave: () => this.#leave() };
    } catch (error) {
      await this.#leave();
      throw error;
    }
  }

  async #leave(): Promise<void> {
    this.#users -= 1;
    if (this.#users === 0) await this.#leaveSeat();
  }

  async #leaveSeat(): Promise<void> {
    const seat = this.#seat;
    this.#seat = null;
    if (seat) {
      this.#left = seat.then(
        (taken) => taken.leave(),
        // Whoever wanted to take it has the error.
        () => undefined,
      );
    }
    await this.#left;
  }
}

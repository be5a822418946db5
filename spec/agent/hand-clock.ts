import type { Clock } from '../../src/session/clock.js';

/** A clock that stands still until a test moves it. */
export class HandClock implements Clock {
  #now: number;

  constructor(iso: string) {
    this.#now = Date.parse(iso);
  }

  now(): number {
    return this.#now;
  }

  set(iso: string): void {
    this.#now = Date.parse(iso);
  }
}

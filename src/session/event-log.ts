import type { EventBody, LifecycleEvent } from './event.js';
import type { Place } from './place.js';

/** Where events get their number, and are kept if they are kept at all: before anybody is told of them. */
export interface EventLog {
  /** The place after the last event. */
  readonly at: Place;
  /** Numbers and dates events, and keeps them. What was kept of them, if that fails, is `appended` of the error. */
  append(bodies: readonly EventBody[]): LifecycleEvent[];
  /** Keeps what counts as told although no event says so. */
  checkpoint(): void;
}

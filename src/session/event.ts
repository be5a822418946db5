import type { EventBody, LifecycleEvent } from './event-schema.js';

export type { EventBody, LifecycleEvent } from './event-schema.js';

/** Who changed a record: this program's loop, or anyone else. */
export type Author = Extract<EventBody, { type: 'status_changed' }>['by'];

/** The part of the loop that failed. */
export type Stage = Extract<EventBody, { type: 'tick_error' }>['stage'];

/** One of `EVENT_TYPES`. */
export type EventType = LifecycleEvent['type'];

/** Every type of event. */
export const EVENT_TYPES = [
  'session_restored',
  'spawned',
  'agent_exited',
  'activity_changed',
  'status_changed',
  'terminated',
  'session_removed',
  'session_unreadable',
  'tick_error',
  'runtime_unavailable',
  'runtime_restored',
  'lagged',
] as const satisfies readonly EventType[];

import type { Activity } from './activity.js';
import type { Evidence } from './evidence.js';
import type { Exit } from './exit.js';
import type { Status } from './status.js';

/** Who changed a record: this program's loop, or anyone else. */
export type Author = 'lifecycle' | 'external';

/** The part of the loop that failed. */
export type Stage = 'snapshot' | 'probe' | 'save';

interface AboutSession {
  sessionId: string;
  projectId: string;
  /** Present where a probe caused the event. */
  evidence?: Evidence;
}

interface Arrival extends AboutSession {
  status: Status;
  activity: Activity | null;
  createdAt: string;
}

/** What happened, before it is numbered and dated. */
export type EventBody =
  | ({ type: 'session_restored' } & Arrival)
  | ({ type: 'spawned' } & Arrival)
  | ({ type: 'activity_changed'; prev: Activity | null; next: Activity | null } & AboutSession)
  | ({ type: 'status_changed'; from: Status; to: Status; by: Author } & AboutSession)
  | ({ type: 'terminated'; reason: string; exit: Exit } & AboutSession)
  | ({ type: 'session_removed' } & AboutSession)
  | { type: 'session_unreadable'; path: string; message: string }
  | ({ type: 'tick_error'; stage: Stage; message: string } & Partial<AboutSession>)
  | { type: 'runtime_unavailable'; runtime: string; server: string; message: string }
  | { type: 'runtime_restored'; runtime: string; server: string; message: string }
  | { type: 'lagged'; missed: number };

/**
 * An event as subscribers get it. `seq` rises by one with each event (a `lagged` bears the seq of the last event that
 * its subscriber lost), `epoch` names one life of the loop, `time` is ISO 8601 UTC with ms.
 */
export type LifecycleEvent = EventBody & { seq: number; epoch: string; time: string };

export type EventType = LifecycleEvent['type'];

/** Every type of event. */
export const EVENT_TYPES = [
  'session_restored',
  'spawned',
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

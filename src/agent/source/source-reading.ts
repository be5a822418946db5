import type { Activity } from '../../session/activity.js';

/** Where an agent's activity can be read from, best first. */
export type Source = 'hook' | 'status_file' | 'server' | 'title' | 'bell' | 'transcript' | 'screen';

/**
 * What one source said of a session. `answered`: this is its activity. `silent`: it says nothing, or is outdated by a
 * later one. `failed`: it is there and can't be read. `observedAt` is how old its evidence is, ISO 8601 UTC.
 */
export interface SourceReading {
  source: Source;
  state: 'answered' | 'silent' | 'failed';
  activity: Activity | null;
  detail: string;
  observedAt: string;
  /** Of a transcript: the turn is over, and what goes on was left in the background. */
  isTurnOver?: boolean;
}

/** What a source said, and how to tell at once whether it would say that again; null where that can't be told. */
export interface WatchedReading {
  reading: SourceReading;
  isUnchanged: (() => boolean) | null;
}

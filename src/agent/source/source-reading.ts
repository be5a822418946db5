import type { Activity } from '../../session/activity.js';

/** Where an agent's activity can be read from. `process` is how it was started: for one prompt, say. */
export type Source =
  'process' | 'hook' | 'status_file' | 'server' | 'title' | 'bell' | 'transcript' | 'screen';

/**
 * What one source said of a session. `answered`: this is its activity. `silent`: it says nothing. `failed`: it is there
 * and can't be read. `observedAt` is when what it says was so, ISO 8601 UTC.
 */
export interface SourceReading {
  source: Source;
  state: 'answered' | 'silent' | 'failed';
  activity: Activity | null;
  detail: string;
  observedAt: string;
  /** Of a transcript or a hook: the turn is over, and this is how it ended. */
  isTurnOver?: boolean;
  /** Of a screen: a dialog is drawn at its bottom. */
  isDialog?: boolean;
  /** Of a screen: it shows rest, which proves nothing where another source says otherwise. */
  isWeak?: boolean;
  /** The error that ended the turn, in the agent's words. */
  error?: string;
}

/** What a source said, and how to tell at once whether it would say that again; null where that can't be told. */
export interface WatchedReading {
  reading: SourceReading;
  isUnchanged: (() => boolean) | null;
}

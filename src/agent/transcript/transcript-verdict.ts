import type { Activity } from '../../session/activity.js';

/** What a transcript says its agent was doing at its last line that tells. */
export interface TranscriptVerdict {
  activity: Extract<Activity, 'active' | 'ready' | 'waiting_input' | 'blocked'>;
  /** In plain words; the same as long as the same line decides. */
  detail: string;
  /** The turn is over, and this is how it ended: with a question, an error, or something left in the background. */
  isTurnOver?: boolean;
  /** The error that ended the turn. */
  error?: string;
  /** The deciding line's own time, ISO 8601 UTC; null if it bears none. */
  at: string | null;
}

import type { Activity } from '../../session/activity.js';
import { messageOf } from '../../session/message-of.js';
import type { Source, SourceReading } from './source-reading.js';

/** Times of evidence are epoch milliseconds here. */
interface Said {
  detail: string;
  atMs: number;
}

const told = (
  source: Source,
  state: SourceReading['state'],
  activity: Activity | null,
  { detail, atMs }: Said,
): SourceReading => ({ source, state, activity, detail, observedAt: new Date(atMs).toISOString() });

/** A source that says what the agent is doing. */
export const answered = (source: Source, activity: Activity, said: Said): SourceReading =>
  told(source, 'answered', activity, said);

/** A source that says nothing of it, and why. */
export const silent = (source: Source, said: Said): SourceReading => told(source, 'silent', null, said);

/** A source that is there and can't be read. */
export const failed = (source: Source, error: unknown, atMs: number): SourceReading =>
  told(source, 'failed', null, { detail: messageOf(error), atMs });

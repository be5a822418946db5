import type { LifecycleEvent } from '../../index.js';
import { keyOfEvent } from '../following/key-of-event.js';
import type { Lane } from './lane.js';
import { LaneDraft } from './lane-draft.js';

/** What the picture shows. */
export interface Timeline {
  from: number;
  to: number;
  /** In the order in which the sessions turned up. */
  lanes: readonly Lane[];
  /** Where events are missing. */
  gaps: readonly { at: number; missed: number }[];
}

/** What part of the time is wanted, in epoch milliseconds. */
export interface TimeRange {
  from: number;
  to: number;
}

/** The lives of sessions, as far as these events tell them, in a range of time, or all; null if they tell of none. */
export function makeTimeline(events: Iterable<LifecycleEvent>, range?: TimeRange): Timeline | null {
  const drafts = new Map<string, LaneDraft>();
  const gaps: { at: number; missed: number }[] = [];
  let from = Infinity;
  let to = -Infinity;
  for (const event of events) {
    const at = Date.parse(event.time);
    from = Math.min(from, at);
    to = Math.max(to, at);
    if (event.type === 'lagged') gaps.push({ at, missed: event.missed });
    const key = keyOfEvent(event);
    if (key === null) continue;
    const draft = drafts.get(key) ?? new LaneDraft(key);
    drafts.set(key, draft);
    draft.take(event, at);
  }
  if (drafts.size === 0) return null;
  const whole = range ?? { from, to };
  const lanes = [...drafts.values()].map((draft) => clipLane(draft.finish(whole.to), whole));
  const shown = lanes.filter(({ spans, marks }) => spans.length + marks.length > 0);
  if (shown.length === 0) return null;
  return { ...whole, lanes: shown, gaps: gaps.filter(({ at }) => isWithin(at, whole)) };
}

const isWithin = (at: number, { from, to }: TimeRange): boolean => at >= from && at <= to;

function clipLane({ key, spans, marks }: Lane, range: TimeRange): Lane {
  const clipped = spans
    .filter(({ from, to }) => to >= range.from && from <= range.to)
    .map((span) => ({ ...span, from: Math.max(span.from, range.from), to: Math.min(span.to, range.to) }));
  return { key, spans: clipped, marks: marks.filter(({ at }) => isWithin(at, range)) };
}

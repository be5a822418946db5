import type { RecordedEvent } from './read-events.js';
import type { LabelSpan } from './recording.js';

/** What ends a session's label without another one. */
const ENDS: ReadonlySet<string> = new Set(['process_exited', 'transcript_removed']);

/** The labels of one session, up to its end or that of the recording. */
export function readLabels(
  events: readonly RecordedEvent[],
  sessionId: string,
): { labels: LabelSpan[]; changesMs: number[] } {
  const own = events.filter((event) => event.session_id === sessionId);
  const labels: LabelSpan[] = [];
  const changesMs: number[] = [];
  let open: Omit<LabelSpan, 'toMs'> | null = null;
  const close = (toMs: number): void => {
    if (open && toMs > open.fromMs) labels.push({ ...open, toMs });
    open = null;
  };
  for (const { kind, ts, new_state: label, prev_state: before } of own) {
    if (kind === 'state_transition' && label) {
      close(ts);
      open = { label, isFirst: before === undefined, fromMs: ts };
      changesMs.push(ts);
    } else if (ENDS.has(kind)) close(ts);
  }
  close(events.at(-1)?.ts ?? 0);
  return { labels, changesMs };
}

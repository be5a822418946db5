import {
  ExpiredCursorError,
  formatCursor,
  sessionKey,
  type After,
  type LifecycleEvent,
  type LifecycleManager,
  type SnapshotLine,
} from '../../index.js';
import { fitsFilter, type EventFilter } from './event-filter.js';

/** A line of `vitals events`. */
export type Line = LifecycleEvent | SnapshotLine;

export interface LinesOptions {
  /** Where to begin; null is with what is told from now on. */
  after: After | null;
  snapshot: boolean;
  /** Whether a snapshot does where the journal no longer knows the cursor. */
  resync: boolean;
  /** Whether to go on at the end of what there is. */
  follow: boolean;
  capacity: number;
  filter: EventFilter;
}

/** What is to be printed. The journal's come all, to be filtered by who prints: its place counts for the cursor. */
export function openLines(manager: LifecycleManager, options: LinesOptions): AsyncIterable<Line> {
  const { after, snapshot, resync, follow, capacity, filter } = options;
  const where = (event: LifecycleEvent): boolean => fitsFilter(event, filter);
  const openSnapshot = (): AsyncIterable<Line> => {
    const lines = manager.snapshotThenEvents({ capacity, where });
    return follow ? lines : untilSynced(lines);
  };
  if (snapshot) return openSnapshot();
  if (after === null) return manager.events({ capacity, where });
  try {
    return manager.eventsAfter(after, { follow });
  } catch (error) {
    if (!resync || !(error instanceof ExpiredCursorError)) throw error;
    return openSnapshot();
  }
}

async function* untilSynced(lines: AsyncIterable<Line>): AsyncGenerator<Line> {
  for await (const line of lines) {
    yield line;
    if (line.type === 'synced') return;
  }
}

/** Whether a line is wanted; a snapshot's sessions are filtered as events of theirs are. */
export function fitsLine(line: Line, filter: EventFilter): boolean {
  if (line.type === 'synced') return true;
  if (line.type !== 'session') return fitsFilter(line, filter);
  const { id, projectId } = line.session;
  const { session, project } = filter;
  return (
    (session?.some((name) => name === id || name === sessionKey(line.session)) ?? true) &&
    (project?.includes(projectId) ?? true)
  );
}

/** The cursor of the place after a line; null within a snapshot. */
export function cursorOf(line: Line): string | null {
  if (line.type === 'session') return null;
  return line.type === 'synced' ? line.cursor : formatCursor(line);
}

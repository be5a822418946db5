import { formatCursor, ORIGIN, type Place } from '../session/place.js';
import { ExpiredCursorError } from './errors.js';
import { foldJournal } from './fold-journal.js';
import type { JournalLine } from './journal-line.js';
import type { Position } from './journal-reader.js';
import { listSegments, readSegment, type Segment } from './segments.js';
import { splitLines } from './split-lines.js';

/** The end of a journal; null if there is none yet. */
export function findEnd(directory: string): Position | null {
  const folded = foldJournal(directory);
  return folded && { segment: folded.segment, offset: folded.length, at: folded.at };
}

/** Whether a place is before all that will ever be there, and all that was told since is still there. */
export const isOrigin = (directory: string, { epoch }: Place): boolean =>
  epoch === ORIGIN.epoch && (listSegments(directory)[0]?.after ?? 0) === 0;

/** Right after a place. @throws {ExpiredCursorError} if the journal does not know it (any more). */
export function findPlace(directory: string, place: Place): Position {
  const segment = listSegments(directory).findLast(({ after }) => after <= place.seq);
  const found = segment && findLine(segment, (at) => at.seq === place.seq && at.epoch === place.epoch);
  if (!found) throw new ExpiredCursorError(formatCursor(place), directory);
  return found;
}

/** Right before the first event from a moment on (epoch milliseconds), or as far back as the journal goes; null if there is none. */
export function findMoment(directory: string, sinceMs: number): Position | null {
  const isBefore = (line: JournalLine): boolean =>
    line.type === 'event' && Date.parse(line.event.time) < sinceMs;
  const segments = listSegments(directory);
  for (const segment of [...segments].reverse()) {
    const last = findLine(segment, (_at, line) => isBefore(line), { takesLast: true });
    if (last) return last;
  }
  return segments[0] ? findLine(segments[0], (_at, line) => line.type === 'checkpoint') : null;
}

function findLine(
  segment: Segment,
  isIt: (at: Place, line: JournalLine) => boolean,
  { takesLast = false }: { takesLast?: boolean } = {},
): Position | null {
  const { lines, ends } = splitLines(readSegment(segment) ?? Buffer.alloc(0));
  const places = lines.map((line) => (line.type === 'event' ? line.event : line.at));
  const test = (line: JournalLine, index: number): boolean =>
    isIt(places[index] ?? { epoch: '', seq: -1 }, line);
  const index = takesLast ? lines.findLastIndex(test) : lines.findIndex(test);
  const at = places[index];
  return at ? { segment, offset: ends[index] ?? 0, at: { epoch: at.epoch, seq: at.seq } } : null;
}

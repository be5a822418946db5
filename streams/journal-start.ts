import { InvalidCursorError } from '../src/journal/errors.js';
import { findEnd, findMoment, findPlace, isOrigin } from '../src/journal/find-place.js';
import type { Position } from '../src/journal/journal-reader.js';
import { journalDirectory } from '../src/journal/segments.js';
import { formatCursor, ORIGIN, parseCursor } from '../src/session/place.js';
import { NoJournalError } from './no-journal-error.js';

/** Where to begin in a home's events: after a cursor, from a moment on (epoch milliseconds), or now. */
export type After = { cursor: string } | { sinceMs: number } | 'now';

/** Where in a home's journal that is. `home` is null where there is no journal: a `NoJournalError`. */
export function findStart(
  home: string | null,
  after: After,
): { directory: string; position: Position | null } {
  if (home === null) throw new NoJournalError();
  const directory = journalDirectory(home);
  if (after === 'now') return { directory, position: findEnd(directory) };
  if ('sinceMs' in after) return { directory, position: findMoment(directory, after.sinceMs) };
  const place = parseCursor(after.cursor);
  if (!place) throw new InvalidCursorError(after.cursor);
  return { directory, position: isOrigin(directory, place) ? null : findPlace(directory, place) };
}

/** The cursor of that place. */
export const findCursor = (home: string | null, after: After): string =>
  formatCursor(findStart(home, after).position?.at ?? ORIGIN);

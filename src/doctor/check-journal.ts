import { foldJournal } from '../journal/fold-journal.js';
import { DEFAULT_JOURNAL_LIMITS } from '../journal/journal-limits.js';
import { journalDirectory, listSegments, measureSegment } from '../journal/segments.js';
import type { Finding } from '../session/finding.js';
import { broken, ok, warning } from '../session/make-finding.js';
import { messageOf } from '../session/message-of.js';
import { formatCursor } from '../session/place.js';
import type { Checkup } from './checkup.js';

const { maxBytes, segmentBytes } = DEFAULT_JOURNAL_LIMITS;

/** How large the journal is, and where it ends. */
export function checkJournal({ layout: { home } }: Pick<Checkup, 'layout'>): Finding[] {
  const directory = journalDirectory(home);
  try {
    const folded = foldJournal(directory);
    const bytes = listSegments(directory).reduce(
      (sum, segment) => sum + (measureSegment(segment)?.bytes ?? 0),
      0,
    );
    if (!folded) return [bytes === 0 ? ok('journal', 'nothing was told yet') : unreadable(directory)];
    const size = `${describeMebibytes(bytes)} of at most ${describeMebibytes(maxBytes)}`;
    // It is pruned when a segment begins, so that one may be on top.
    return bytes > maxBytes + segmentBytes
      ? [warning('journal', `${size}: nobody has pruned it`, 'vitals events --once')]
      : [ok('journal', `${size}; the last cursor is ${formatCursor(folded.at)}`)];
  } catch (error) {
    return [broken('journal', messageOf(error), `give yourself access to ${directory}`)];
  }
}

const unreadable = (directory: string): Finding =>
  broken(
    'journal',
    `nothing in ${directory} can be read`,
    'move its files away: the next loop begins a new one',
  );

const describeMebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

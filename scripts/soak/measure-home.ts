import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { listSegments, measureSegment, journalDirectory } from '../../src/journal/segments.js';

/** What lies in a home. */
export interface HomeSize {
  records: number;
  /** What belongs to records or to the loop: exits, hooks, locks, requests. What was archived does not count. */
  others: number;
  /** What is being written, or was left by who was killed at it. */
  temporaries: number;
  journalBytes: number;
}

/** Counts the files of a home. */
export function measureHome(home: string): HomeSize {
  const size: HomeSize = { records: 0, others: 0, temporaries: 0, journalBytes: 0 };
  for (const entry of readdirSync(home, { recursive: true, encoding: 'utf8' })) {
    const [room = ''] = entry.split(sep);
    if (room === 'archive' || room === 'journal') continue;
    if (entry.endsWith('.tmp')) size.temporaries += 1;
    else if (room === 'sessions' && entry.endsWith('.json')) size.records += 1;
    else if (isFile(join(home, entry))) size.others += 1;
  }
  for (const segment of listSegments(journalDirectory(home))) {
    size.journalBytes += measureSegment(segment)?.bytes ?? 0;
  }
  return size;
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

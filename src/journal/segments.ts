import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../session/error-code.js';

/** A file of the journal. */
export interface Segment {
  path: string;
  /** The number of the last event before it. */
  after: number;
}

const NAME = /^(\d{15})\.ndjson$/;

/** Where the journal of a home lies. */
export const journalDirectory = (home: string): string => join(home, 'journal');

export const segmentPath = (directory: string, after: number): string =>
  join(directory, `${String(after).padStart(15, '0')}.ndjson`);

/** The files of a journal, oldest first; none if there is no journal. */
export function listSegments(directory: string): Segment[] {
  return readNames(directory)
    .flatMap((name) => {
      const [, after] = NAME.exec(name) ?? [];
      return after === undefined ? [] : [{ path: join(directory, name), after: Number(after) }];
    })
    .sort((one, other) => one.after - other.after);
}

function readNames(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

export interface SegmentSize extends Segment {
  bytes: number;
  modifiedMs: number;
}

/** A segment with its size; null if it is gone by now. */
export function measureSegment(segment: Segment): SegmentSize | null {
  const stats = statSync(segment.path, { throwIfNoEntry: false });
  return stats ? { ...segment, bytes: stats.size, modifiedMs: stats.mtimeMs } : null;
}

/** All of a segment; null if it is gone by now. */
export function readSegment({ path }: Segment): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

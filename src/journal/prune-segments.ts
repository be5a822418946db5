import { unlinkSync } from 'node:fs';
import { errorCode } from '../session/error-code.js';
import type { JournalLimits } from './journal-limits.js';
import { listSegments, measureSegment, type SegmentSize } from './segments.js';

/** Removes the oldest segments of a journal that is too large or too old, but never the newest. `now` is epoch ms. */
export function pruneSegments(
  directory: string,
  { maxBytes, maxAgeMs }: JournalLimits,
  { now }: { now: number },
): void {
  const segments = listSegments(directory).flatMap((segment) => measureSegment(segment) ?? []);
  let bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  for (const segment of segments.slice(0, -1)) {
    if (bytes <= maxBytes && now - segment.modifiedMs <= maxAgeMs) return;
    remove(segment);
    bytes -= segment.bytes;
  }
}

function remove({ path }: SegmentSize): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

import type { KnownFile, KnownRecord } from './known-file.js';

/**
 * The records among these files, newest first, and in the order of their keys those of one moment. `before` is an earlier
 * order: what is nearly in order is sorted in next to no time.
 */
export function sortRecords(
  files: ReadonlyMap<string, KnownFile>,
  before: readonly KnownRecord[],
): KnownRecord[] {
  const kept = before.map(({ place }) => files.get(place.path)).filter(isRecord);
  const keptPaths = new Set(kept.map(({ place }) => place.path));
  const added = [...files.values()].filter(isRecord).filter(({ place }) => !keptPaths.has(place.path));
  return [...kept, ...added].sort(compareAge);
}

const isRecord = (file: KnownFile | undefined): file is KnownRecord => file?.type === 'record';

function compareAge(one: KnownRecord, other: KnownRecord): number {
  const difference = other.createdMs - one.createdMs;
  if (difference !== 0) return difference;
  return one.place.key < other.place.key ? -1 : 1;
}

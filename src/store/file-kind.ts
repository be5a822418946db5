import type { BigIntStats } from 'node:fs';

/** What lies in a file's place, in words. */
export function fileKind(stats: BigIntStats): string {
  if (stats.isFile()) return 'a regular file';
  if (stats.isDirectory()) return 'a directory';
  if (stats.isSymbolicLink()) return 'a link';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

/** Changes when what lies in a file's place does: its kind, its inode or, where they are known, its contents. */
export function fingerprintOf(stats: BigIntStats, contents?: string): string {
  const { ino, birthtimeNs, size, mtimeNs } = stats;
  const state = contents ?? (stats.isFile() ? `${size}:${mtimeNs}` : String(birthtimeNs));
  return `${fileKind(stats)}:${ino}:${state}`;
}

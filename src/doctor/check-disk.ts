import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { Finding } from '../session/finding.js';
import { broken, ok, warning } from '../session/make-finding.js';
import { quoteWord } from '../session/quote-word.js';
import { DEFAULT_JOURNAL_LIMITS } from '../journal/journal-limits.js';
import type { Checkup } from './checkup.js';
import { findNearest } from './find-nearest.js';

/** Where others may write the same files from another machine; the numbers are those of statfs(2) on Linux. */
const SHARED: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9p, a folder of another machine'],
  [0x65735546, 'FUSE'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x786f4256, 'a folder that VirtualBox shares'],
]);

const IN_MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

/** What the journal may come to need, and as much again for the records. */
const LOW_BYTES = 2 * DEFAULT_JOURNAL_LIMITS.maxBytes;
/** Less than a record or two: the next write may fail. */
const NO_BYTES = 2 ** 20;
const FEW_INODES = 1_000;

const ELSEWHERE = 'name a home on a disk of this machine with --home or VITALS_HOME';

/** What the file system of the home is, and whether there is room on it. */
export async function checkDisk(
  { layout: { home } }: Pick<Checkup, 'layout'>,
  { ask = statfs }: { ask?: (path: string) => Promise<StatsFs> } = {},
): Promise<Finding[]> {
  const { path } = await findNearest(home);
  const stats = await ask(path);
  const findings = [
    ...(process.platform === 'linux' ? checkKind(path, stats) : []),
    ...checkRoom(path, stats),
  ];
  return findings.length > 0 ? findings : [ok('disk', `${describeBytes(freeBytes(stats))} free for ${path}`)];
}

function checkKind(path: string, { type }: StatsFs): Finding[] {
  const kind = type >>> 0;
  const shared = SHARED.get(kind);
  if (shared !== undefined) {
    const found = `${path} is on a network or foreign file system (${shared}): locks, renames and watches may not hold there`;
    return [warning('disk', found, ELSEWHERE)];
  }
  if (!IN_MEMORY.has(kind)) return [];
  return [warning('disk', `${path} is in memory alone: it is lost when this machine starts anew`, ELSEWHERE)];
}

function checkRoom(path: string, stats: StatsFs): Finding[] {
  const free = freeBytes(stats);
  const room = `make room: df -h ${quoteWord(path)}`;
  if (free < NO_BYTES) return [broken('disk', `the disk of ${path} is full`, room)];
  const findings: Finding[] = [];
  if (free < LOW_BYTES) findings.push(warning('disk', `only ${describeBytes(free)} free for ${path}`, room));
  // Some file systems count none.
  if (stats.files > 0 && stats.ffree < FEW_INODES) {
    const found = `only ${stats.ffree} more files fit on the disk of ${path}`;
    findings.push(warning('disk', found, `remove files: df -i ${quoteWord(path)}`));
  }
  return findings;
}

const freeBytes = ({ bavail, bsize }: StatsFs): number => bavail * bsize;

const describeBytes = (bytes: number): string =>
  bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.floor(bytes / 2 ** 20)} MiB`;

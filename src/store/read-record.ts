import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type BigIntStats } from 'node:fs';
import { errorCode } from '../session/error-code.js';
import type { SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { digestBytes } from './digest.js';
import { fileFailure } from './file-failure.js';
import { fileKind, fingerprintOf } from './file-kind.js';
import { MAX_RECORD_BYTES, parseRecord } from './parse-record.js';

/** What lies in a record's place. `message` is one plain line; `fingerprint` changes when the bad file does. */
export type RecordOnDisk =
  | { type: 'record'; session: Session }
  | { type: 'unreadable'; message: string; fingerprint: string }
  | { type: 'missing' };

export interface ReadOptions {
  /** Called with what a regular file was just before its bytes were read. */
  onOpened?: (stats: BigIntStats) => void;
}

// Opening a named pipe would wait for its writer.
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** What nearly every record fits in: one for all of them spares the collector ten thousand. */
const scratch = Buffer.allocUnsafe(64 * 1024);

const MISSING: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR']);
/** What open() says of this one file: that it may not be read, or is a link, a socket or a device. */
const UNREADABLE: ReadonlySet<string | null> = new Set([
  'EACCES',
  'EPERM',
  'ELOOP',
  'EMLINK',
  'ENXIO',
  'ENODEV',
  'EOPNOTSUPP',
]);

/**
 * Reads the record of `key` at `path`, in one go: the way through the thread pool and back costs more than a small file
 * does. What is wrong with the machine, not with this file, is a `StoreError`.
 */
export function readRecord(path: string, key: SessionKey, options: ReadOptions = {}): RecordOnDisk {
  try {
    return readFile(path, key, options);
  } catch (error) {
    const code = errorCode(error);
    if (MISSING.has(code)) return { type: 'missing' };
    throw fileFailure('read', path, error);
  }
}

function readFile(path: string, key: SessionKey, options: ReadOptions): RecordOnDisk {
  let file: number;
  try {
    file = openSync(path, READ_ONLY);
  } catch (error) {
    if (!UNREADABLE.has(errorCode(error))) throw error;
    return describeUnopened(path);
  }
  try {
    return readOpened(file, key, options);
  } finally {
    closeSync(file);
  }
}

function describeUnopened(path: string): RecordOnDisk {
  try {
    const stats = lstatSync(path, { bigint: true });
    return unreadable(stats, stats.isFile() ? 'permission denied' : describeKind(stats));
  } catch (error) {
    // Its directory lets nobody in.
    if (errorCode(error) !== 'EACCES') throw error;
    return { type: 'unreadable', message: 'permission denied', fingerprint: 'out of reach' };
  }
}

function readOpened(file: number, key: SessionKey, { onOpened }: ReadOptions): RecordOnDisk {
  const stats = fstatSync(file, { bigint: true });
  if (!stats.isFile()) return unreadable(stats, describeKind(stats));
  onOpened?.(stats);
  if (stats.size > MAX_RECORD_BYTES) return unreadable(stats, 'it is larger than 1 MiB');
  const bytes = readAll(file, Number(stats.size));
  const parsed = parseRecord(bytes, key);
  return parsed.type === 'record' ? parsed : unreadable(stats, parsed.message, digestBytes(bytes));
}

/**
 * Reads to the end, or to just beyond the largest record: a file may grow while it is read. The bytes last until the next
 * file is read.
 */
function readAll(file: number, expectedBytes: number): Uint8Array {
  const isSmall = expectedBytes < scratch.length;
  let bytes = isSmall ? scratch.subarray(0, expectedBytes + 1) : Buffer.allocUnsafe(expectedBytes + 1);
  let length = 0;
  for (;;) {
    const bytesRead = readSync(file, bytes, length, bytes.length - length, length);
    length += bytesRead;
    // There was room for one byte more.
    if (length === expectedBytes) return bytes.subarray(0, length);
    if (bytesRead === 0 || length > MAX_RECORD_BYTES) return bytes.subarray(0, length);
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * length, MAX_RECORD_BYTES + 1));
  }
}

const describeKind = (stats: BigIntStats): string => `it is ${fileKind(stats)}, not a regular file`;

const unreadable = (stats: BigIntStats, message: string, contents?: string): RecordOnDisk => ({
  type: 'unreadable',
  message,
  fingerprint: fingerprintOf(stats, contents),
});

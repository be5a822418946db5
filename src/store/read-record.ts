import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
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

// Opening a named pipe would wait for its writer, and so keep one of the few threads that read files.
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

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

/** Reads the record of `key` at `path`. What is wrong with the machine, not with this file, is a `StoreError`. */
export async function readRecord(path: string, key: SessionKey): Promise<RecordOnDisk> {
  try {
    return await readFile(path, key);
  } catch (error) {
    const code = errorCode(error);
    if (MISSING.has(code)) return { type: 'missing' };
    throw fileFailure('read', path, error);
  }
}

async function readFile(path: string, key: SessionKey): Promise<RecordOnDisk> {
  let handle: FileHandle;
  try {
    handle = await open(path, READ_ONLY);
  } catch (error) {
    if (!UNREADABLE.has(errorCode(error))) throw error;
    return describeUnopened(path);
  }
  try {
    return await readOpened(handle, key);
  } finally {
    await handle.close();
  }
}

async function describeUnopened(path: string): Promise<RecordOnDisk> {
  try {
    const stats = await lstat(path, { bigint: true });
    return unreadable(stats, stats.isFile() ? 'permission denied' : describeKind(stats));
  } catch (error) {
    // Its directory lets nobody in.
    if (errorCode(error) !== 'EACCES') throw error;
    return { type: 'unreadable', message: 'permission denied', fingerprint: 'out of reach' };
  }
}

async function readOpened(handle: FileHandle, key: SessionKey): Promise<RecordOnDisk> {
  const stats = await handle.stat({ bigint: true });
  if (!stats.isFile()) return unreadable(stats, describeKind(stats));
  if (stats.size > MAX_RECORD_BYTES) return unreadable(stats, 'it is larger than 1 MiB');
  const bytes = await readAll(handle, Number(stats.size));
  const parsed = parseRecord(bytes, key);
  return parsed.type === 'record' ? parsed : unreadable(stats, parsed.message, digestBytes(bytes));
}

/** Reads to the end, or to just beyond the largest record: a file may grow while it is read. */
async function readAll(handle: FileHandle, expectedBytes: number): Promise<Uint8Array> {
  let bytes = Buffer.allocUnsafe(expectedBytes + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    length += bytesRead;
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

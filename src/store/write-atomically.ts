import { randomBytes } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { StoreError } from './errors.js';
import { fileFailure } from './file-failure.js';
import { makeDirectory } from './make-directory.js';
import { syncDirectory } from './sync-directory.js';
import { temporaryPrefix } from './temporaries.js';

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

export interface WriteOptions {
  /** Called with what the file is going to be, just before it is put in place. */
  onWritten?: (stats: BigIntStats) => void;
}

/**
 * Puts `bytes` in a file's place so that a reader finds the old file or the new one, and that the new one survives a
 * loss of power. If it fails, with a `StoreError`, the old file is still there.
 */
export async function writeAtomically(
  path: string,
  bytes: Uint8Array,
  { onWritten }: WriteOptions = {},
): Promise<void> {
  const directory = dirname(path);
  await makeDirectory(directory);
  // A random name, so that nobody can have put a link there.
  const temporary = join(
    directory,
    `${temporaryPrefix(basename(path))}${randomBytes(8).toString('hex')}.tmp`,
  );
  const handle = await openNew(temporary, path);
  try {
    const stats = await fillDurably(handle, bytes, temporary);
    onWritten?.(stats);
    await rename(temporary, path);
  } catch (error) {
    throw await withoutTemporary(temporary, fileFailure('write', path, error));
  }
  try {
    await syncDirectory(directory);
  } catch (error) {
    throw fileFailure('make sure of', path, error);
  }
}

async function openNew(temporary: string, path: string): Promise<FileHandle> {
  try {
    return await open(temporary, NEW_FILE, 0o600);
  } catch (error) {
    throw fileFailure('write', path, error);
  }
}

async function fillDurably(handle: FileHandle, bytes: Uint8Array, path: string): Promise<BigIntStats> {
  try {
    await handle.writeFile(bytes);
    const stats = await handle.stat({ bigint: true });
    if (stats.size !== BigInt(bytes.length)) {
      throw new StoreError(`can't write ${path}: only ${stats.size} of ${bytes.length} bytes arrived`, {
        path,
      });
    }
    // Never tried again: after a failed one the system forgets which pages did not reach the disk.
    await handle.sync();
    return stats;
  } finally {
    await handle.close();
  }
}

async function withoutTemporary(temporary: string, failure: StoreError): Promise<StoreError> {
  try {
    await unlink(temporary);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') {
      return new StoreError(`${failure.message} (and ${temporary} could not be removed)`, {
        path: failure.path,
        code: failure.code,
        cause: new AggregateError([failure, error]),
      });
    }
  }
  return failure;
}

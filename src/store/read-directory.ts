import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { errorCode } from '../session/error-code.js';
import { fileFailure } from './file-failure.js';
import { fileKind, fingerprintOf } from './file-kind.js';

/** What is wrong with what lies in a directory's place; see `RecordOnDisk` for the fields. */
export type BadDirectory = { type: 'unreadable'; message: string; fingerprint: string } | { type: 'missing' };

export type DirectoryOnDisk = { type: 'directory'; entries: Dirent[] } | BadDirectory;

/** Lists a directory. What is wrong with the machine, not with this directory, is a `StoreError`. */
export async function readDirectory(path: string): Promise<DirectoryOnDisk> {
  try {
    return { type: 'directory', entries: await readdir(path, { withFileTypes: true }) };
  } catch (error) {
    return describeFailure(path, error);
  }
}

/** What is wrong with a directory that is to be used without following a link; null if nothing is. */
export async function inspectDirectory(path: string): Promise<BadDirectory | null> {
  try {
    const stats = await lstat(path, { bigint: true });
    if (stats.isDirectory()) return null;
    const message = `it is ${fileKind(stats)}, not a directory`;
    return { type: 'unreadable', message, fingerprint: fingerprintOf(stats) };
  } catch (error) {
    return describeFailure(path, error);
  }
}

function describeFailure(path: string, error: unknown): BadDirectory {
  const code = errorCode(error);
  if (code === 'ENOENT') return { type: 'missing' };
  if (code !== 'EACCES' && code !== 'EPERM') throw fileFailure('list', path, error);
  return { type: 'unreadable', message: 'permission denied', fingerprint: 'permission denied' };
}

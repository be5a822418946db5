import { lstat, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../session/error-code.js';
import type { SessionKey } from '../session/session-key.js';
import { StoreError, UnknownSessionError } from './errors.js';
import { fileFailure } from './file-failure.js';
import type { HomeLayout } from './home-layout.js';
import { makeDirectory } from './make-directory.js';
import { inspectDirectory } from './read-directory.js';
import { syncDirectory } from './sync-directory.js';

/** Removes a record, readable or not, durably. Its lock must be held. */
export async function removeRecord(layout: HomeLayout, key: SessionKey): Promise<void> {
  const path = await findRecord(layout, key);
  try {
    await unlink(path);
    await syncDirectory(dirname(path));
  } catch (error) {
    throw fileFailure('remove', path, error);
  }
}

export interface ArchiveOptions {
  /** Epoch milliseconds. */
  now: number;
  /** What else goes along: the paths by the ending that each gets. */
  companions?: ReadonlyMap<string, string>;
}

/**
 * Moves a record, readable or not, to the archive, durably and over nothing that lies there. Its lock must be held. Its
 * companions go first: as long as the record is there, nobody else takes their names.
 */
export async function archiveRecord(
  layout: HomeLayout,
  key: SessionKey,
  { now, companions = new Map<string, string>() }: ArchiveOptions,
): Promise<void> {
  const path = await findRecord(layout, key);
  const archive = layout.archiveDirectory(basename(dirname(path)));
  await makeDirectory(archive, { root: layout.home });
  await refuseBadDirectory(archive);
  const stamp = new Date(now).toISOString().replace(/[-:.]/g, '');
  const stem = await findFreeStem(join(archive, `${basename(path, '.json')}-${stamp}`));
  for (const [ending, companion] of companions) {
    if (await exists(companion)) await move(companion, `${stem}${ending}`);
  }
  await move(path, `${stem}.json`);
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
    await syncDirectory(dirname(to));
    await syncDirectory(dirname(from));
  } catch (error) {
    throw fileFailure('archive', from, error);
  }
}

async function findRecord(layout: HomeLayout, key: SessionKey): Promise<string> {
  const path = layout.sessionFile(key);
  await refuseBadDirectory(dirname(path));
  if (!(await exists(path))) throw new UnknownSessionError(key);
  return path;
}

async function refuseBadDirectory(path: string): Promise<void> {
  const bad = await inspectDirectory(path);
  if (bad?.type === 'unreadable') throw new StoreError(`can't use ${path}: ${bad.message}`, { path });
}

async function findFreeStem(stem: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? stem : `${stem}-${count}`;
    if (!(await exists(`${free}.json`))) return free;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw fileFailure('look at', path, error);
  }
}

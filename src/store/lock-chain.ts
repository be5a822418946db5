import { readdir, readlink, rename, symlink, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { StoreError } from './errors.js';
import { fileFailure } from './file-failure.js';
import { formatHolder, parseHolder, type LockHolder } from './lock-holder.js';

/*
 * A lock at `path` is a chain of holders: the first is named at `path`, and the successor of a holder, who may take the
 * lock over once that holder is proven gone, at `path.TOKEN`. The last one has the lock.
 *
 * A name is made by symlink(2) with the holder for its target: whole or not at all, by one process alone. No token ever
 * comes again, so what can't be reached from `path` never can be later, and a claim made on an old reading is void.
 */

/** Where the successor of a holder is named. */
export const successorPath = (path: string, { token }: LockHolder): string => `${path}.${token}`;

/** Names a holder; false if another one is named there. */
export async function claim(path: string, holder: LockHolder): Promise<boolean> {
  try {
    await symlink(formatHolder(holder), path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The holders from the first to the last; none if the lock is free. */
export async function readChain(path: string): Promise<LockHolder[]> {
  const chain: LockHolder[] = [];
  for (let place = path; ;) {
    const holder = await readHolder(place);
    if (!holder) return chain;
    chain.push(holder);
    place = successorPath(path, holder);
  }
}

/** The holder that a name stands for; null if there is no such name. */
export async function readHolder(path: string): Promise<LockHolder | null> {
  let text: string;
  try {
    text = await readlink(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    if (errorCode(error) === 'EINVAL') throw notALock(path);
    throw fileFailure('read the lock', path, error);
  }
  const holder = parseHolder(text);
  if (!holder) throw notALock(path);
  return holder;
}

const notALock = (path: string): StoreError =>
  new StoreError(`${path} is no lock of this version of session-vitals: remove it if no other version runs`, {
    path,
  });

/** Removes the names of a chain; the lock is free as soon as the first is gone. Its last holder alone may do so. */
export async function removeChain(path: string, chain: readonly LockHolder[]): Promise<void> {
  // Claims that lead nowhere can stay only while nobody can mistake them for those of the next chain.
  if (chain.length > 1) await removeVoidClaims(path, chain);
  await removeName(path);
  for (const holder of chain.slice(0, -1)) await removeName(successorPath(path, holder));
}

/**
 * Makes the last holder of a chain its only one, or it would grow with each holder that is killed. That holder alone may
 * do so; claims made on an old reading lead nowhere then, and are taken back.
 */
export async function shortenChain(path: string, chain: readonly LockHolder[]): Promise<LockHolder[]> {
  const last = chain.slice(-1);
  if (chain.length === last.length) return last;
  for (const holder of last) {
    const place = `${successorPath(path, holder)}.new`;
    await symlink(formatHolder(holder), place);
    await rename(place, path);
  }
  await removeVoidClaims(path, last);
  return last;
}

async function removeVoidClaims(path: string, chain: readonly LockHolder[]): Promise<void> {
  const prefix = `${basename(path)}.`;
  const valid = new Set(chain.map((holder) => basename(successorPath(path, holder))));
  for (const name of await readdir(dirname(path))) {
    if (name.startsWith(prefix) && !valid.has(name)) await removeName(join(dirname(path), name));
  }
}

/** Removes a name; that somebody did so by hand changes nothing. */
export async function removeName(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkProcess } from '../process/check-process.js';
import { errorCode } from '../session/error-code.js';
import { isId, sessionKey, type SessionKey } from '../session/session-key.js';
import { RecordLockedError } from './errors.js';
import { fileFailure } from './file-failure.js';
import type { HomeLayout, LockPurpose } from './home-layout.js';
import { readChain, readHolder, removeName } from './lock-chain.js';
import { withRecordLock } from './record-lock.js';
import { removeTemporaries } from './temporaries.js';
import { tidyRoots } from './tidy-roots.js';

/** How many leftovers one call clears away at most: the next one goes on. */
const MAX_LOCKS = 200;

interface LeftLock {
  key: SessionKey;
  purpose: LockPurpose;
  /** Names that would make a chain with the lock's own. */
  claims: string[];
}

/**
 * Clears away what killed writers left: their locks, their claims on locks and their unfinished files, which nobody
 * leaves without a lock; and notes on processes that are gone. What belongs to a process that runs, or that can't be told
 * from here, stays. Returns the locks and the notes.
 */
export async function tidyHome(layout: HomeLayout): Promise<string[]> {
  const tidied: string[] = [];
  for (const lock of (await findLocks(layout)).slice(0, MAX_LOCKS)) {
    if (await tidyLock(layout, lock)) tidied.push(layout.lockFile(lock.key, lock.purpose));
  }
  return [...tidied, ...(await tidyRoots(layout))];
}

async function findLocks(layout: HomeLayout): Promise<LeftLock[]> {
  const locks = new Map<string, LeftLock>();
  for (const projectId of (await list(layout.locksDirectory)).filter(isId)) {
    const directory = join(layout.locksDirectory, projectId);
    for (const name of await list(directory)) {
      const [, id = '', isSend, token] =
        /^([A-Za-z0-9_-]+)(\.send)?\.lock(\.[0-9a-f]{24})?$/.exec(name) ?? [];
      if (!isId(id)) continue;
      const key = sessionKey({ projectId, id });
      const purpose = isSend === undefined ? 'record' : 'send';
      const path = layout.lockFile(key, purpose);
      const lock = locks.get(path) ?? { key, purpose, claims: [] };
      if (token !== undefined) lock.claims.push(join(directory, name));
      locks.set(path, lock);
    }
  }
  return [...locks.values()];
}

async function list(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw fileFailure('tidy up', directory, error);
  }
}

async function tidyLock(layout: HomeLayout, { key, purpose, claims }: LeftLock): Promise<boolean> {
  const last = (await readChain(layout.lockFile(key, purpose))).at(-1);
  if (last ? checkProcess(last).state !== 'dead' : !(await isAnyDead(claims))) return false;
  try {
    await withRecordLock(
      layout,
      key,
      async ({ isTakenOver }) => {
        if (isTakenOver && purpose === 'record') await removeTemporaries(layout.sessionFile(key));
        // Those of a chain that was taken over go with it.
        if (!isTakenOver) for (const claim of claims) if (await isAnyDead([claim])) await removeName(claim);
      },
      { purpose, timeoutMs: 0 },
    );
    return true;
  } catch (error) {
    // Somebody took it in the meantime, and clears away what was left.
    if (error instanceof RecordLockedError) return false;
    throw error;
  }
}

async function isAnyDead(claims: readonly string[]): Promise<boolean> {
  for (const claim of claims) {
    const holder = await readHolder(claim);
    if (holder && checkProcess(holder).state === 'dead') return true;
  }
  return false;
}

import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkProcess } from '../process/check-process.js';
import { errorCode } from '../session/error-code.js';
import type { SessionKey } from '../session/session-key.js';
import { RecordLockedError } from './errors.js';
import { fileFailure } from './file-failure.js';
import type { HomeLayout, LockPurpose } from './home-layout.js';
import { claim, readChain, removeChain, removeName, successorPath } from './lock-chain.js';
import { newHolder, type LockHolder } from './lock-holder.js';
import { makeDirectory } from './make-directory.js';
import { runInOrder } from './run-in-order.js';

const LONGEST_PAUSE_MS = 25;

/**
 * Runs `action` while no other process, and nothing else in this one, runs one for the same session. A holder that is
 * proven gone loses the lock (`isTakenOver`); one that is not keeps it, and after `timeoutMs` that is a
 * `RecordLockedError`. An action must not ask for the lock that it runs under.
 */
export async function withRecordLock<Result>(
  layout: HomeLayout,
  key: SessionKey,
  action: (lock: { isTakenOver: boolean }) => Promise<Result>,
  { timeoutMs = 10_000, purpose = 'record' }: { timeoutMs?: number; purpose?: LockPurpose } = {},
): Promise<Result> {
  const path = layout.lockFile(key, purpose);
  return runInOrder(path, async () => {
    const chain = await withFailure('take the lock', path, () => acquire(path, timeoutMs));
    try {
      return await action({ isTakenOver: chain.length > 1 });
    } finally {
      await withFailure('release the lock', path, () => removeChain(path, chain));
    }
  });
}

async function withFailure<Result>(what: string, path: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw fileFailure(what, path, error);
  }
}

async function acquire(path: string, timeoutMs: number): Promise<LockHolder[]> {
  const me = newHolder();
  if (await claimFirst(path, me)) return [me];
  const startedMs = performance.now();
  for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const taken = await takeOver(path, me);
    if (taken.type === 'taken') return taken.chain;
    if (taken.type === 'free' && (await claim(path, me))) return [me];
    const waitedMs = performance.now() - startedMs;
    if (taken.type === 'held' && waitedMs > timeoutMs) {
      throw new RecordLockedError(path, describeHolder(taken.holder), waitedMs);
    }
    // Processes that wait in step would all wake for the same release.
    await delay(pauseMs * (0.5 + Math.random()));
  }
}

/** Names the first holder, and makes the directory for it if need be; false if the lock has one. */
export async function claimFirst(path: string, me: LockHolder): Promise<boolean> {
  try {
    return await claim(path, me);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    // Durable only because this may make the home itself.
    await makeDirectory(dirname(path));
    return claim(path, me);
  }
}

export type Attempt =
  | { type: 'taken'; chain: LockHolder[] }
  | { type: 'held'; holder: LockHolder }
  | { type: 'free' }
  | { type: 'lost' };

/** Succeeds the last holder if that one is proven gone. */
export async function takeOver(path: string, me: LockHolder): Promise<Attempt> {
  const last = (await readChain(path)).at(-1);
  if (!last) return { type: 'free' };
  if (checkProcess(last).state !== 'dead') return { type: 'held', holder: last };
  const place = successorPath(path, last);
  if (!(await claim(place, me))) return { type: 'lost' };
  return confirm(path, place, me);
}

/** The holder that was succeeded may have been cleared away before: then the claim leads nowhere, and is taken back. */
async function confirm(path: string, place: string, me: LockHolder): Promise<Attempt> {
  let isConfirmed = false;
  try {
    const chain = await readChain(path);
    isConfirmed = chain.some(({ token }) => token === me.token);
    return isConfirmed ? { type: 'taken', chain } : { type: 'lost' };
  } finally {
    if (!isConfirmed) await removeName(place);
  }
}

/** A holder in words. */
export const describeHolder = ({ pid, host }: LockHolder): string => `process ${pid} of the machine ${host}`;

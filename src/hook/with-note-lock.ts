import { closeSync, mkdirSync, openSync, statSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../session/error-code.js';

/** For how long one hook waits for another at most: milliseconds. It then goes on, since its agent must not suffer. */
const MAX_WAIT_MS = 500;
const PAUSE_MS = 2;

/** A lock that is older than this was left by a hook that was killed: milliseconds. */
const STALE_MS = 2_000;

/**
 * Runs `action` while no other hook reads and writes this note: hooks that an agent does not wait for run side by side.
 */
export function withNoteLock(path: string, action: () => void): void {
  const lock = join(dirname(path), `.${basename(path)}.lock.tmp`);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const isHeld = take(lock);
  try {
    action();
  } finally {
    if (isHeld) unlinkIfThere(lock);
  }
}

function take(lock: string): boolean {
  const endMs = Date.now() + MAX_WAIT_MS;
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx', 0o600));
      return true;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    if (isStale(lock)) unlinkIfThere(lock);
    else if (Date.now() > endMs) return false;
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

function isStale(lock: string): boolean {
  const stats = statSync(lock, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > STALE_MS;
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

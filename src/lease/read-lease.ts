import { checkProcess } from '../process/check-process.js';
import { readChain } from '../store/lock-chain.js';
import type { LockHolder } from '../store/lock-holder.js';
import { leaseLock } from './lease-layout.js';
import { readPulse } from './pulse.js';
import { stallLimitMs } from './stall-watch.js';

/** Who runs the loop of a home. */
export type LeaseState =
  | { type: 'free' }
  | {
      type: 'held';
      holder: LockHolder;
      /** When its last pass ended, in epoch milliseconds; null if none has. */
      lastPassAtMs: number | null;
      isStalled: boolean;
    };

/** Looks who holds the lease of a home; a holder that is proven gone holds nothing. `now` is epoch milliseconds. */
export async function readLease(home: string, { now }: { now: number }): Promise<LeaseState> {
  const holder = (await readChain(leaseLock(home))).at(-1);
  if (!holder || checkProcess(holder).state === 'dead') return { type: 'free' };
  const pulse = readPulse(home);
  if (pulse?.token !== holder.token) return { type: 'held', holder, lastPassAtMs: null, isStalled: false };
  const { beatAtMs, pollIntervalMs } = pulse;
  const isStalled = pollIntervalMs !== null && now - beatAtMs > stallLimitMs(pollIntervalMs);
  return { type: 'held', holder, lastPassAtMs: beatAtMs, isStalled };
}

import { DirectoryWaker } from '../store/directory-waker.js';
import type { LockHolder } from '../store/lock-holder.js';
import type { Lease } from './lease.js';
import { leaseDirectory } from './lease-layout.js';
import { StallWatch } from './stall-watch.js';
import { takeLease } from './take-lease.js';

/** How often a waiter looks whether the holder lives. */
const LOOK_MS = 300;

export interface AwaitLeaseOptions {
  signal: AbortSignal;
  /** The holder has ended no pass for so long. */
  onStalled: (holder: LockHolder, silentMs: number) => void;
}

/** Waits until the lease of a home is free or its holder proven gone, and takes it; null if the signal comes first. */
export async function awaitLease(
  home: string,
  { signal, onStalled }: AwaitLeaseOptions,
): Promise<Lease | null> {
  const waker = new DirectoryWaker(leaseDirectory(home), { pollMs: LOOK_MS });
  const stalls = new StallWatch(home);
  signal.addEventListener('abort', waker.stop);
  if (signal.aborted) waker.stop();
  try {
    while (!waker.isStopped) {
      const taking = await takeLease(home);
      if (taking.type === 'taken') return await unlessAborted(taking.lease, signal);
      const silentMs = stalls.look();
      if (silentMs !== null) onStalled(taking.holder, silentMs);
      await waker.wait();
    }
    return null;
  } finally {
    signal.removeEventListener('abort', waker.stop);
    waker.stop();
  }
}

async function unlessAborted(lease: Lease, signal: AbortSignal): Promise<Lease | null> {
  if (!signal.aborted) return lease;
  await lease.release();
  return null;
}

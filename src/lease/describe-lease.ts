import { describeHolder } from '../store/record-lock.js';
import type { LeaseState } from './read-lease.js';

/** Who runs the loop of a home, in words. `now` is epoch milliseconds. */
export function describeLease(lease: LeaseState, { now }: { now: number }): string {
  if (lease.type === 'free') return 'no process runs the loop: vitals events does';
  const holder = `${describeHolder(lease.holder)} runs the loop`;
  if (lease.lastPassAtMs === null) return holder;
  const seconds = Math.max(0, Math.round((now - lease.lastPassAtMs) / 1_000));
  return lease.isStalled
    ? `${holder}, but has ended no pass for ${seconds} s`
    : `${holder}; its last pass ended ${seconds} s ago`;
}

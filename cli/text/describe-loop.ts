import { describeLease } from '../../src/lease/describe-lease.js';
import { readLease } from '../../src/lease/read-lease.js';

/** Who runs the loop of a home, in words; `now` is epoch milliseconds. */
export const describeLoop = async (home: string, { now }: { now: number }): Promise<string> =>
  describeLease(await readLease(home, { now }), { now });

import { setTimeout as delay } from 'node:timers/promises';
import { fileFailure } from '../store/file-failure.js';
import { claim, shortenChain } from '../store/lock-chain.js';
import { newHolder, type LockHolder } from '../store/lock-holder.js';
import { claimFirst, takeOver } from '../store/record-lock.js';
import { Lease } from './lease.js';
import { leaseLock } from './lease-layout.js';

/** Either the lease is ours now, or a process that is not proven gone has it. */
export type Taking = { type: 'taken'; lease: Lease } | { type: 'held'; holder: LockHolder };

const PAUSE_MS = 5;

/** Takes the lease of a home, unless somebody who may live holds it. @throws {StoreError} */
export async function takeLease(home: string): Promise<Taking> {
  const path = leaseLock(home);
  try {
    for (;;) {
      const me = newHolder();
      if (await claimFirst(path, me)) return taken(home, [me]);
      const attempt = await takeOver(path, me);
      if (attempt.type === 'held') return attempt;
      if (attempt.type === 'taken') return taken(home, await shortenChain(path, attempt.chain));
      if (attempt.type === 'free' && (await claim(path, me))) return taken(home, [me]);
      await delay(PAUSE_MS * Math.random());
    }
  } catch (error) {
    throw fileFailure('take the lease', path, error);
  }
}

const taken = (home: string, chain: LockHolder[]): Taking => ({
  type: 'taken',
  lease: new Lease(home, chain),
});

import { fileFailure } from '../store/file-failure.js';
import { readChain, removeChain } from '../store/lock-chain.js';
import type { LockHolder } from '../store/lock-holder.js';
import { leaseLock } from './lease-layout.js';
import { Pulse } from './pulse.js';

/** The right to run the loop of a home: as long as this process lives, or until it is given back. */
export class Lease {
  readonly #home: string;
  readonly #chain: readonly LockHolder[];

  constructor(home: string, chain: readonly LockHolder[]) {
    this.#home = home;
    this.#chain = chain;
  }

  /** Lets others see that passes end. `pollIntervalMs` is null where no timer makes them. */
  beginPulse(pollIntervalMs: number | null): Pulse {
    return new Pulse(this.#home, { token: this.#me.token, pollIntervalMs });
  }

  /** Whether it is still ours: somebody may have removed it by hand. */
  async isHeld(): Promise<boolean> {
    return (await readChain(leaseLock(this.#home))).at(-1)?.token === this.#me.token;
  }

  async release(): Promise<void> {
    const path = leaseLock(this.#home);
    try {
      if (await this.isHeld()) await removeChain(path, this.#chain);
    } catch (error) {
      throw fileFailure('release the lease', path, error);
    }
  }

  get #me(): LockHolder {
    const me = this.#chain.at(-1);
    if (!me) throw new TypeError('a lease has a holder');
    return me;
  }
}

import { describeHolder } from '../src/store/record-lock.js';
import type { LockHolder } from '../src/store/lock-holder.js';

/** Another process runs the loop of this home, and can't know this manager's own runtimes and agents. */
export class HomeHeldError extends Error {
  constructor(
    readonly home: string,
    readonly holder: LockHolder,
  ) {
    super(
      `${describeHolder(holder)} runs the loop of ${home} and does not know the runtimes or agents of this manager: ` +
        "end it, or make the manager with lease: 'none'",
    );
    this.name = 'HomeHeldError';
  }
}

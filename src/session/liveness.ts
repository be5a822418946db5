import type { Evidence } from './evidence.js';
import type { Exit } from './exit.js';

/**
 * Whether a session's program runs. `dead` needs proof; whatever could not be asked is `unknown`.
 * `exit` says how it ended, where that is known.
 */
export interface Liveness {
  state: 'alive' | 'dead' | 'unknown';
  evidence: Evidence;
  exit?: Exit;
}

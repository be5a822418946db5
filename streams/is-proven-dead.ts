import type { RuntimeView } from '../src/runtime/runtime.js';
import type { Handle } from '../src/session/handle.js';
import { readLiveness } from './answers/read-liveness.js';

/** Whether a look at a server has proven that a program ended. */
export function isProvenDead(view: RuntimeView, handle: Handle): boolean {
  try {
    return readLiveness(view, handle).state === 'dead';
  } catch {
    // It proves nothing; the probe, which asks the same, tells what is wrong.
    return false;
  }
}

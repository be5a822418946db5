import type { PassReport } from '../src/session/pass-report.js';
import type { Place } from '../src/session/place.js';
import type { ToldView } from '../src/session/told-view.js';

/** All that was told of a home, up to a place. */
export interface Told {
  told: ToldView;
  at: Place;
}

/** The loop of a home, as its manager takes part in it: alone, as its holder, or by following another process. */
export interface HomeLoop {
  /** Takes part from now on; resolves to what the first pass saw, null if it was stopped before. */
  start(): Promise<PassReport | null>;
  /** One pass, begun after the call; resolves when its writes are done. @throws {LifecycleStoppedError} */
  tick(): Promise<PassReport>;
  /** Takes part as long as `leave` is not called; `told` is what was told by the moment at which it is called. */
  join(): Promise<{ told: () => Told; leave: () => Promise<void> }>;
  /** Ends taking part, for good. */
  stop(): Promise<void>;
}

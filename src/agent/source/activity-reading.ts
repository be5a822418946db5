import type { Activity } from '../../session/activity.js';
import type { Evidence } from '../../session/evidence.js';
import type { FoundAgent } from '../../session/reading.js';
import type { RuntimeView } from '../../runtime/runtime.js';

/** What an agent is doing (null: not known) and how that is known. */
export interface ActivityReading {
  activity: Activity | null;
  evidence: Evidence;
  /** The agent that was found running, where it is another one, or another process, than the record says. */
  found?: FoundAgent;
  /**
   * Whether it still holds: told at once, from the same or a later look at its server, and at next to no cost. Until it
   * doesn't, the agent is not asked again; without it, the agent is asked at each pass.
   */
  holds?: (view: RuntimeView) => boolean;
}

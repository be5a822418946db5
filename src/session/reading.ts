import type { Activity } from './activity.js';
import type { Evidence } from './evidence.js';
import type { Exit } from './exit.js';
import type { Handle } from './handle.js';
import type { AgentProcess } from './session.js';

/** An agent that runs below a session's program, and its process; null where that is the program itself again. */
export interface FoundAgent {
  agent: string;
  process: AgentProcess | null;
}

/** A probe's answer about one session. `handle` is what was asked about: an answer about another one is void. */
export type Reading =
  | { type: 'no_handle'; handle: null }
  | {
      type: 'unknown';
      handle: Handle;
      evidence: Evidence;
      /** Its whole server is known to be out of reach, which is told once for all of its sessions. */
      outage: boolean;
    }
  | { type: 'dead'; handle: Handle; evidence: Evidence; exit: Exit }
  | {
      type: 'alive';
      handle: Handle;
      evidence: Evidence;
      /** Null when it is not known. */
      activity: Activity | null;
      /** How the agent ended, for the activity `exited`. */
      exit?: Exit;
      /** The agent that was found below the program since it was looked at last. */
      found?: FoundAgent;
      /** Why the agent could not be asked; only with an unknown activity. */
      failure?: string;
    };

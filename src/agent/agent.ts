import type { Activity } from '../session/activity.js';
import type { Evidence } from '../session/evidence.js';
import type { FoundAgent } from '../session/reading.js';
import type { Session } from '../session/session.js';
import type { RuntimeView } from '../runtime/runtime.js';
import type { SourceReading } from './source-reading.js';

/** What an agent is doing (null: not known) and how that is known. */
export interface ActivityReading {
  activity: Activity | null;
  evidence: Evidence;
  /** The agent that was found running, where it is another one, or another process, than the record says. */
  found?: FoundAgent;
}

/** A kind of program that runs in sessions, and how to tell what it is doing. */
export interface Agent {
  /** Reads what the agent of a live session is doing. It may reject: that is one session's failed probe. */
  detectActivity(
    session: Session,
    view: RuntimeView,
    options: { signal: AbortSignal },
  ): Promise<ActivityReading>;
  /** What each of its sources says, in the order of their rank; `detectActivity` is the first that answered. */
  explain?(session: Session, view: RuntimeView, options: { signal: AbortSignal }): Promise<SourceReading[]>;
  /** Whether this command starts an agent of this kind. */
  recognises?(command: readonly string[]): boolean;
  /** Completes a command before it is started, so that the agent can be followed. */
  prepare?(command: readonly string[]): { command: string[]; agentSession: string | null };
}

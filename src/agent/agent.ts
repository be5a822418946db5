import type { SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import type { RuntimeView } from '../runtime/runtime.js';
import type { ActivityReading } from './source/activity-reading.js';
import type { SourceReading } from './source/source-reading.js';
import type { TuiRules } from './tui/tui-rules.js';

/** A kind of program that runs in sessions, and how to tell what it is doing. */
export interface Agent {
  /** Reads what the agent of a live session is doing. It may reject: that is one session's failed probe. */
  detectActivity(
    session: Session,
    view: RuntimeView,
    options: { signal: AbortSignal },
  ): Promise<ActivityReading>;
  /** How its screen is read and typed at; without it, nothing is known of what stands there. */
  readonly tui?: TuiRules | null;
  /** What each of its sources says. */
  explain?(session: Session, view: RuntimeView, options: { signal: AbortSignal }): Promise<SourceReading[]>;
  /** Lets go of what it remembers of a session, which has ended or is gone. */
  forget?(key: SessionKey): void;
  /** Whether this command starts an agent of this kind. */
  recognises?(command: readonly string[]): boolean;
  /** Completes a command before it is started, so that the agent can be followed. */
  prepare?(command: readonly string[]): { command: string[]; agentSession: string | null };
}

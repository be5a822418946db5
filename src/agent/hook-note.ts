import type { Activity } from '../session/activity.js';
import type { SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';

/** The last thing that an agent's hook said of a session. `at` is ISO 8601 UTC; a null activity says nothing of it. */
export interface HookNote {
  event: string;
  at: string;
  activity: Activity | null;
  detail: string;
  /** The agent's own name for the conversation that it was about, where the hook told it. */
  conversation?: string | null;
  /** The error that ended the turn, in the agent's words. */
  error?: string;
}

/** Where the notes of agents' hooks are kept. */
export interface HookNotes {
  /** A session's last note; null if no hook of it has spoken yet. */
  latest(session: Session): Promise<HookNote | null>;
  /** Tells later, at once, whether the last note is still the one that it is now. */
  lasting?(session: Session): () => boolean;
  /** Lets go of what is remembered of a session, which has ended or is gone. */
  forget?(key: SessionKey): void;
}

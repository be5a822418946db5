import type { Activity } from './activity.js';
import { changes } from './changes.js';
import type { EventBody } from './event.js';
import type { Session } from './session.js';
import { sessionKey, type SessionKey } from './session-key.js';
import { isTerminal, type Status } from './status.js';
import { terminated } from './terminated.js';

interface ToldSession {
  projectId: string;
  id: string;
  createdAt: string;
  status: Status;
  activity: Activity | null;
}

/** When a record is seen: in the loop's first pass, sessions from before the loop were there all along. */
export interface Arrival {
  isFirstPass: boolean;
  /** Epoch milliseconds. */
  loopStartedAt: number;
}

/** What has been told of every session: the fold of all events. Against it, the disk shows what is still untold. */
export class ToldView {
  readonly #sessions = new Map<SessionKey, ToldSession>();

  /** Takes an event into account, once it is told. */
  tell(event: EventBody): void {
    switch (event.type) {
      case 'session_restored':
      case 'spawned': {
        const { projectId, sessionId: id, createdAt, status, activity } = event;
        this.#sessions.set(keyOf(event), { projectId, id, createdAt, status, activity });
        return;
      }
      case 'session_removed':
        this.#sessions.delete(keyOf(event));
        return;
      case 'status_changed':
        this.#update(event, { status: event.to });
        return;
      case 'activity_changed':
        this.#update(event, { activity: event.next });
        return;
      default:
    }
  }

  /** What this record says that nobody was told yet. */
  untold(session: Session, arrival: Arrival): EventBody[] {
    const told = this.#sessions.get(sessionKey(session));
    if (!told) return this.#arrive(session, arrival);
    if (told.createdAt !== session.createdAt) {
      return [removed(told), ...this.#arrive(session, { ...arrival, isFirstPass: false })];
    }
    if (told.status === session.status && told.activity === session.activity) return [];
    return changes(told, session, { by: session.writtenBy === 'lifecycle' ? 'lifecycle' : 'external' });
  }

  /** The sessions that were told of and of which there is no file any more. */
  gone(isThere: (session: { projectId: string; id: string }) => boolean): EventBody[] {
    return [...this.#sessions.values()].filter((told) => !isThere(told)).map(removed);
  }

  #update(about: About, change: Partial<ToldSession>): void {
    const told = this.#sessions.get(keyOf(about));
    if (told) Object.assign(told, change);
  }

  #arrive(session: Session, { isFirstPass, loopStartedAt }: Arrival): EventBody[] {
    const { projectId, id, createdAt, status, activity } = session;
    const hasEnded = isTerminal(status);
    if (isFirstPass && hasEnded) {
      this.#sessions.set(sessionKey(session), { projectId, id, createdAt, status, activity });
      return [];
    }
    const wasThere = isFirstPass && Date.parse(createdAt) < loopStartedAt;
    const event: EventBody = {
      type: wasThere ? 'session_restored' : 'spawned',
      sessionId: id,
      projectId,
      status,
      activity,
      createdAt,
    };
    return hasEnded ? [event, terminated(session)] : [event];
  }
}

interface About {
  sessionId: string;
  projectId: string;
}

const keyOf = ({ projectId, sessionId }: About): SessionKey => sessionKey({ projectId, id: sessionId });

const removed = ({ projectId, id }: ToldSession): EventBody => ({
  type: 'session_removed',
  sessionId: id,
  projectId,
});

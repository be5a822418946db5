import { changes } from './changes.js';
import type { EventBody } from './event.js';
import type { Session } from './session.js';
import { sessionKey, type SessionKey } from './session-key.js';
import { isHidden, type Snapshot } from './snapshot.js';
import { isTerminal } from './status.js';
import { terminated } from './terminated.js';
import type { ToldSession, ToldState } from './told-state.js';

/** When a record is seen: in the loop's first pass, sessions from before the loop were there all along. */
export interface Arrival {
  isFirstPass: boolean;
  /** Epoch milliseconds. */
  loopStartedAt: number;
  /** Whether the loop may have saved what it never told. Else a change was not its own, whoever signed the record. */
  mayBeOwn: boolean;
}

/** What has been told of every session: the fold of all events. Against it, the disk shows what is still untold. */
export class ToldView {
  readonly #sessions = new Map<SessionKey, ToldSession>();
  readonly #outages = new Map<string, ToldState['outages'][number]>();
  readonly #unreadable = new Map<string, string>();
  #isWatched: boolean;

  constructor(state: ToldState = { isWatched: false, sessions: [], outages: [], unreadable: [] }) {
    this.#isWatched = state.isWatched;
    for (const session of state.sessions) this.#sessions.set(sessionKey(session), { ...session });
    for (const outage of state.outages) this.#outages.set(scopeOf(outage), { ...outage });
    for (const { path, message } of state.unreadable) this.#unreadable.set(path, message);
  }

  /** Whether the records were ever looked at. */
  get isWatched(): boolean {
    return this.#isWatched;
  }

  /** All that it knows, as JSON. */
  state(): ToldState {
    return {
      isWatched: this.#isWatched,
      sessions: [...this.#sessions.values()],
      outages: this.outages(),
      unreadable: [...this.#unreadable].map(([path, message]) => ({ path, message })),
    };
  }

  /** What was told last of a session; null if nothing was. */
  of(key: SessionKey): Readonly<ToldSession> | null {
    return this.#sessions.get(key) ?? null;
  }

  /** Takes an event into account, once it is told. */
  tell(event: EventBody): void {
    switch (event.type) {
      case 'session_restored':
      case 'spawned': {
        const { projectId, sessionId: id, createdAt, status, activity } = event;
        const isEndUntold = isTerminal(status) || undefined;
        this.#sessions.set(keyOf(event), { projectId, id, createdAt, status, activity, isEndUntold });
        return;
      }
      case 'session_removed':
        this.#sessions.delete(keyOf(event));
        return;
      case 'status_changed':
        this.#update(event, { status: event.to });
        if (isTerminal(event.to) !== isTerminal(event.from)) {
          this.#update(event, { isEndUntold: isTerminal(event.to) || undefined });
        }
        return;
      case 'terminated':
        this.#update(event, { isEndUntold: undefined });
        return;
      case 'activity_changed':
        this.#update(event, { activity: event.next });
        return;
      case 'agent_exited':
        this.#update(event, { leftAgent: { agent: event.agent, at: event.at } });
        return;
      case 'runtime_unavailable': {
        const { runtime, server } = event;
        this.#outages.set(scopeOf(event), { runtime, server });
        return;
      }
      case 'runtime_restored':
        this.#outages.delete(scopeOf(event));
        return;
      case 'session_unreadable':
        this.#unreadable.set(event.path, event.message);
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
    if (isAsTold(session, told)) return [];
    const isOwn = arrival.mayBeOwn && session.writtenBy === 'lifecycle';
    const evidence = isOwn ? (session.evidence ?? undefined) : undefined;
    const events = changes(told, session, { by: isOwn ? 'lifecycle' : 'external', evidence });
    const hasStayedEnded = isTerminal(told.status) && isTerminal(session.status);
    return told.isEndUntold && hasStayedEnded ? [...events, terminated(session, evidence)] : events;
  }

  /** The records were looked at: what they said is told, or counts as told. */
  watch(): void {
    this.#isWatched = true;
  }

  /** Whether these records say nothing that is untold, and lack nothing that was told. */
  agreesWith({ sessions, unreadable }: Snapshot): boolean {
    const there = new Set(sessions.map(sessionKey));
    const isThere = (session: { projectId: string; id: string }): boolean =>
      there.has(sessionKey(session)) || isHidden(session, unreadable);
    return this.gone(isThere).length === 0 && sessions.every((session) => this.#isTold(session));
  }

  /** The servers whose outage was told, and not its end. */
  outages(): ToldState['outages'] {
    return [...this.#outages.values()];
  }

  /** Forgets the outages of servers that are of no interest any more. */
  keepOutages(isKept: (outage: { runtime: string; server: string }) => boolean): void {
    for (const [scope, outage] of this.#outages) if (!isKept(outage)) this.#outages.delete(scope);
  }

  /** What was told of a file that can't be read; undefined if nothing was. */
  unreadable(path: string): string | undefined {
    return this.#unreadable.get(path);
  }

  /** Forgets the files that can be read again, or are gone. */
  keepUnreadable(isKept: (path: string) => boolean): void {
    for (const path of this.#unreadable.keys()) if (!isKept(path)) this.#unreadable.delete(path);
  }

  /** The sessions that were told of and of which there is no file any more. */
  gone(isThere: (session: { projectId: string; id: string }) => boolean): EventBody[] {
    return [...this.#sessions.values()].filter((told) => !isThere(told)).map(removed);
  }

  #isTold(session: Session): boolean {
    const told = this.#sessions.get(sessionKey(session));
    return told?.createdAt === session.createdAt && isAsTold(session, told);
  }

  #update(about: About, change: Partial<ToldSession>): void {
    const told = this.#sessions.get(keyOf(about));
    if (told) Object.assign(told, change);
  }

  #arrive(session: Session, { isFirstPass, loopStartedAt }: Arrival): EventBody[] {
    const { projectId, id, createdAt, status, activity } = session;
    const hasEnded = isTerminal(status);
    if (isFirstPass && hasEnded && !this.#isWatched) {
      this.#sessions.set(sessionKey(session), { projectId, id, createdAt, status, activity });
      return [];
    }
    const wasThere = isFirstPass && !hasEnded && Date.parse(createdAt) < loopStartedAt;
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

const isAsTold = ({ status, activity, leftAgent }: Session, told: ToldSession): boolean =>
  told.status === status &&
  told.activity === activity &&
  !told.isEndUntold &&
  (!leftAgent || leftAgent.at === told.leftAgent?.at);

const scopeOf = ({ runtime, server }: { runtime: string; server: string }): string => `${runtime} ${server}`;

const keyOf = ({ projectId, sessionId }: About): SessionKey => sessionKey({ projectId, id: sessionId });

const removed = ({ projectId, id }: ToldSession): EventBody => ({
  type: 'session_removed',
  sessionId: id,
  projectId,
});

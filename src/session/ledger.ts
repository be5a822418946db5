import { EdgeTrigger } from './edge-trigger.js';
import type { EventBody, Stage } from './event.js';
import { sessionKey, type SessionKey } from './session-key.js';
import type { Session } from './session.js';
import { isHidden, type Snapshot, type UnreadableFile } from './snapshot.js';
import { ToldView } from './told-view.js';

/** A server as a pass found it. */
export interface ServerState {
  runtime: string;
  /** Names the server, for as long as it lives. */
  server: string;
  /** Why it could not be asked; null when it answered. */
  outage: string | null;
  /** Whether a program of it may still run. */
  hasLiveSessions: boolean;
}

/** What has been told, and so what is news. It decides on every event of the loop; `tell` must be given each one told. */
export class Ledger {
  readonly #told: ToldView;
  readonly #errors = new EdgeTrigger();
  readonly #outages = new EdgeTrigger();
  readonly #unreadable = new EdgeTrigger();
  readonly #loopStartedAt: number;
  #isFirstPass = true;
  #isBehind = false;

  /** `told` is what loops before this one told. */
  constructor({ loopStartedAt, told = new ToldView() }: { loopStartedAt: number; told?: ToldView }) {
    this.#loopStartedAt = loopStartedAt;
    this.#told = told;
    for (const { runtime, server } of told.outages())
      this.#outages.raise(serverScope(runtime, server), 'out');
  }

  /** Whether the records were ever looked at. */
  get isWatched(): boolean {
    return this.#told.isWatched;
  }

  /** Takes an event into account, once it is told. */
  tell(event: EventBody): void {
    this.#told.tell(event);
  }

  /** Takes back that these were given out: they could not be told, and are news still. */
  untell(events: readonly EventBody[]): void {
    this.#isBehind = true;
    for (const event of events) {
      if (event.type === 'tick_error') this.#errors.clear(errorScope(event));
      if (event.type === 'session_unreadable') this.#unreadable.clear(event.path);
      if (event.type === 'session_restored') this.#isFirstPass = true;
      if (event.type === 'runtime_unavailable') this.#outages.clear(serverScope(event.runtime, event.server));
      if (event.type === 'runtime_restored')
        this.#outages.raise(serverScope(event.runtime, event.server), 'out');
    }
  }

  /** What the disk says that is untold. Of the sessions that are `busy`, the snapshot may be older than what was told. */
  announce({ sessions, unreadable }: Snapshot, busy: ReadonlySet<SessionKey>): EventBody[] {
    this.#errors.clear('snapshot');
    const there = new Set(sessions.map(sessionKey));
    const isThere = (session: { projectId: string; id: string }): boolean =>
      there.has(sessionKey(session)) || busy.has(sessionKey(session)) || isHidden(session, unreadable);
    const events = [
      ...unreadable.filter((file) => this.#isNews(file)).map(unreadableEvent),
      ...this.#told.gone(isThere),
      ...sessions
        .filter((session) => !busy.has(sessionKey(session)))
        .flatMap((session) => this.#untold(session, { mayBeOwn: this.#isFirstPass || this.#isBehind })),
    ];
    this.#forget(there, unreadable);
    this.#isFirstPass = false;
    this.#isBehind = false;
    this.#told.watch();
    return events;
  }

  /** What this record, which was just saved, says that is untold. */
  untold(session: Session): EventBody[] {
    return this.#untold(session, { mayBeOwn: true });
  }

  /** The error of a listing that failed, if it is news. */
  listingFailed(message: string): EventBody[] {
    return this.#errors.raise('snapshot', message)
      ? [{ type: 'tick_error', stage: 'snapshot', message }]
      : [];
  }

  /** The error of a watch that failed, if it is news. */
  watchFailed(message: string): EventBody[] {
    return this.#errors.raise('watch', message) ? [{ type: 'tick_error', stage: 'snapshot', message }] : [];
  }

  /** The events of one session's step, less the errors that were told already. */
  news(session: Session, events: readonly EventBody[]): EventBody[] {
    const failed = new Map<Stage, string>();
    for (const event of events) if (event.type === 'tick_error') failed.set(event.stage, event.message);
    const isNews = (stage: Stage): boolean => {
      const scope = stageScope(stage, sessionKey(session));
      const message = failed.get(stage);
      if (message !== undefined) return this.#errors.raise(scope, message);
      this.#errors.clear(scope);
      return false;
    };
    const news = { probe: isNews('probe'), save: isNews('save'), snapshot: false, journal: false };
    return events.filter((event) => event.type !== 'tick_error' || news[event.stage]);
  }

  /** The beginning or the end of a server's outage, if it is news. A server whose programs all ended is no outage. */
  noticeServer({ runtime, server, outage, hasLiveSessions }: ServerState): EventBody[] {
    const scope = serverScope(runtime, server);
    if (outage === null) {
      if (!this.#outages.clear(scope)) return [];
      return [{ type: 'runtime_restored', runtime, server, message: `${server} answers again` }];
    }
    if (!hasLiveSessions || !this.#outages.raise(scope, 'out')) return [];
    return [{ type: 'runtime_unavailable', runtime, server, message: outage }];
  }

  /** Whether this server's outage was told: its sessions then tell none of their own. */
  isOut({ runtime, server }: Pick<ServerState, 'runtime' | 'server'>): boolean {
    return this.#outages.isRaised(serverScope(runtime, server));
  }

  /** Forgets the outages of servers that no live record names any more. */
  keepServers(servers: readonly Pick<ServerState, 'runtime' | 'server'>[]): void {
    const named = new Set(servers.map(({ runtime, server }) => serverScope(runtime, server)));
    this.#outages.keepOnly((scope) => named.has(scope));
    this.#told.keepOutages(({ runtime, server }) => named.has(serverScope(runtime, server)));
  }

  #untold(session: Session, { mayBeOwn }: { mayBeOwn: boolean }): EventBody[] {
    const [isFirstPass, loopStartedAt] = [this.#isFirstPass, this.#loopStartedAt];
    return this.#told.untold(session, { isFirstPass, loopStartedAt, mayBeOwn });
  }

  #isNews({ path, message, fingerprint }: UnreadableFile): boolean {
    // A loop before this one told of it.
    const isTold = !this.#unreadable.isRaised(path) && this.#told.unreadable(path) === message;
    return this.#unreadable.raise(path, fingerprint) && !isTold;
  }

  #forget(there: ReadonlySet<SessionKey>, unreadable: readonly UnreadableFile[]): void {
    const paths = new Set(unreadable.map(({ path }) => path));
    this.#unreadable.keepOnly((path) => paths.has(path));
    this.#told.keepUnreadable((path) => paths.has(path));
    this.#errors.keepOnly(
      (scope) => scope === 'snapshot' || scope === 'watch' || there.has(scope.slice(scope.indexOf(' ') + 1)),
    );
  }
}

const stageScope = (stage: Stage, key: SessionKey): string => `${stage} ${key}`;

function errorScope({ stage, sessionId, projectId }: Extract<EventBody, { type: 'tick_error' }>): string {
  return sessionId === undefined || projectId === undefined
    ? stage
    : stageScope(stage, sessionKey({ projectId, id: sessionId }));
}

const serverScope = (runtime: string, server: string): string => `${runtime} ${server}`;

const unreadableEvent = ({ path, message }: UnreadableFile): EventBody => ({
  type: 'session_unreadable',
  path,
  message,
});

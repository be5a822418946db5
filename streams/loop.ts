import type { SchedulerLike } from 'rxjs';
import type { Agent } from '../src/agent/agent.js';
import type { ServerGroup } from '../src/runtime/group-by-server.js';
import type { Runtime } from '../src/runtime/runtime.js';
import type { Clock } from '../src/session/clock.js';
import type { EventBody } from '../src/session/event.js';
import type { EventLog } from '../src/session/event-log.js';
import { Ledger } from '../src/session/ledger.js';
import { messageOf } from '../src/session/message-of.js';
import type { Reading } from '../src/session/reading.js';
import { sessionKey, type SessionKey } from '../src/session/session-key.js';
import type { Session } from '../src/session/session.js';
import { isSameSnapshot, type Snapshot } from '../src/session/snapshot.js';
import type { ToldView } from '../src/session/told-view.js';
import { transition, type TransitionContext } from '../src/session/transition.js';
import type { EventHub } from './event-hub.js';
import { isProvenDead } from './is-proven-dead.js';
import { Living } from './living.js';
import type { ObservedServer } from './observe-servers.js';
import type { Persisted, Step } from './persist.js';
import type { ProbeTarget } from './probe.js';
import { Resting } from './resting.js';
import type { BusySnapshot, SnapshotResult } from './take-snapshot.js';
import { Teller } from './teller.js';
import { trace } from './trace.js';

/** Where the records are kept, as far as the loop needs it. */
export interface Store {
  /** The directory that all lies in: loops on one home take turns. A store without one has no journal either. */
  home?: string;
  /** All records at one instant. */
  list(): Promise<Snapshot>;
  /** The record of a key; null if there is none. */
  get(key: SessionKey): Promise<Session | null>;
  /** Writes a session unless somebody else did since it was read: then it rejects with a `SessionConflictError`. */
  save(session: Session, options: { writtenBy: string }): Promise<Session>;
  /** Calls `onChange` when records may have changed, but for what `ignore` wrote; returns how to stop. */
  watch?(options: { onChange: () => void; onError: (error: unknown) => void; ignore: string }): () => void;
}

export interface LoopSettings {
  sessions: Store;
  runtimes: Readonly<Record<string, Runtime>>;
  agents: Readonly<Record<string, Agent>>;
  pollIntervalMs: number;
  probeTimeoutMs: number;
  stuckAfterMs: number | undefined;
  clock: Clock;
  scheduler: SchedulerLike;
}

/** How the loop signs what it writes. */
export const LOOP_WRITER = 'lifecycle';

/** What one life of the loop carries from pass to pass: its settings, what was told, and whose probe is still out. */
export class Loop {
  readonly settings: LoopSettings;
  readonly unanswered = new Set<SessionKey>();
  readonly resting = new Resting();
  readonly #teller: Teller;
  readonly #ledger: Ledger;
  readonly #living: Living;
  /** The servers that have not answered yet, and the sessions whose probe is out. */
  readonly #asked = new Set<ServerGroup>();
  readonly #out = new Set<SessionKey>();
  #announced: BusySnapshot | null = null;

  /** `told` is what was told before; all that is told from now on is kept in `log`. */
  constructor(settings: LoopSettings, { hub, log, told }: { hub: EventHub; log: EventLog; told: ToldView }) {
    this.settings = settings;
    this.#ledger = new Ledger({ loopStartedAt: settings.clock.now(), told });
    this.#living = new Living(settings, (key, error) => this.#reportForgetting(key, error));
    this.#teller = new Teller({ log, ledger: this.#ledger, hub, clock: settings.clock });
  }

  /** Reads the disk, and notes first whose probe is still out: of those the snapshot may be out of date. */
  readonly list = async (): Promise<BusySnapshot> => {
    const waiting = [...this.#asked].flatMap(({ sessions }) => sessions);
    const busy = new Set([...this.#out, ...waiting.map(sessionKey)]);
    return { ...(await this.settings.sessions.list()), busy };
  };

  /** Tells what the disk says that is untold. */
  announce(result: SnapshotResult): void {
    if (result.type === 'failed') trace.snapshot('failed: %s', result.message);
    else trace.snapshot('%d sessions, %d unreadable', result.sessions.length, result.unreadable.length);
    if (result.type === 'failed') {
      this.#announced = null;
      this.#teller.tell(this.#ledger.listingFailed(result.message));
    } else if (!this.#isAnnounced(result)) {
      this.#announced = null;
      if (!this.#teller.tell(this.#ledger.announce(result, result.busy))) return;
      this.#teller.catchUp();
      if (result.busy.size === 0) this.#announced = result;
    }
  }

  #isAnnounced(snapshot: BusySnapshot): boolean {
    return this.#announced !== null && !this.#teller.isBehind && isSameSnapshot(this.#announced, snapshot);
  }

  /** What is to be asked in this pass: the servers of the sessions that live and whose last probe is back. */
  begin({ sessions, busy }: BusySnapshot): readonly ServerGroup[] {
    this.#living.see(sessions);
    this.#ledger.keepServers(this.#living.servers);
    const due = this.#living.serversBut(busy);
    for (const group of due) this.#asked.add(group);
    return due;
  }

  /** Tells a server's outage or its end, and hands out those of its sessions that are not at rest. */
  notice({ group, view }: ObservedServer): ProbeTarget[] {
    const { runtime, server, sessions } = group;
    const hasLiveSessions =
      view.outage !== undefined && sessions.some(({ handle }) => handle && !isProvenDead(view, handle));
    const outage = view.outage?.message ?? null;
    this.#teller.tell(this.#ledger.noticeServer({ runtime, server, outage, hasLiveSessions }));
    const isOutage = this.#ledger.isOut({ runtime, server });
    const context = this.#context();
    const awake = sessions.filter((session) => !this.resting.has({ session, view }, context));
    for (const session of awake) this.#out.add(sessionKey(session));
    this.#asked.delete(group);
    return awake.map((session) => ({ session, view, isOutage }));
  }

  /** What follows from a reading: the pure transition, now. */
  readonly reduce = (session: Session, reading: Reading): Step['after'] => {
    const after = transition(session, reading, this.#context());
    trace.probe(
      '%s %s %o',
      sessionKey(session),
      reading.type,
      'evidence' in reading ? reading.evidence : null,
    );
    if (after.session !== session) {
      trace.transition('%s %s to %s', sessionKey(session), session.status, after.session.status);
    }
    return after;
  };

  readonly untold = (session: Session): EventBody[] => this.#ledger.untold(session);

  readonly get = (key: SessionKey): Promise<Session | null> => this.settings.sessions.get(key);

  readonly save = async (session: Session): Promise<Session> => {
    const saved = await this.settings.sessions.save(session, { writtenBy: LOOP_WRITER });
    trace.persist('%s rev %d', sessionKey(session), saved.rev);
    return saved;
  };

  /** Tells that changes are no longer heard at once. */
  readonly deafen = (message: string): void => {
    this.#teller.tell(this.#ledger.watchFailed(message));
  };

  /** Tells what is on disk now; the session may be probed again. */
  finish({ session, events }: Persisted): void {
    this.#teller.tell(
      this.#ledger.news(session, this.#teller.isBehind ? this.#allUntold(session, events) : events),
    );
    if (events.length > 0) this.resting.remove(session);
    this.#out.delete(sessionKey(session));
  }

  #reportForgetting(key: SessionKey, error: unknown): void {
    const [projectId = '', sessionId = ''] = key.split('/');
    const message = `its agent could not forget it: ${messageOf(error)}`;
    this.#teller.tell([{ type: 'tick_error', stage: 'probe', message, sessionId, projectId }]);
  }

  #context(): TransitionContext {
    const { clock, stuckAfterMs } = this.settings;
    return { now: clock.now(), awake: clock.awake?.(), stuckAfterMs };
  }

  /** The step began at what was never told: what is told last leads to what is on disk now. */
  #allUntold(session: Session, events: readonly EventBody[]): EventBody[] {
    return [...this.#ledger.untold(session), ...events.filter(({ type }) => type === 'tick_error')];
  }
}

import type { Agent } from '../src/agent/agent.js';
import { groupByServer, type ServerGroup } from '../src/runtime/group-by-server.js';
import type { Runtime } from '../src/runtime/runtime.js';
import { sessionKey, type SessionKey } from '../src/session/session-key.js';
import type { Session } from '../src/session/session.js';
import { isSameList, type Snapshot } from '../src/session/snapshot.js';
import { isTerminal } from '../src/session/status.js';

/** Who runs sessions, and what runs in them. */
export interface LivingOptions {
  runtimes: Readonly<Record<string, Runtime>>;
  agents: Readonly<Record<string, Agent>>;
}

/** An agent threw when it was to forget a session. */
export type OnForgetFailed = (key: SessionKey, error: unknown) => void;

/** The sessions that have not ended, and the servers to be asked about them. Agents forget all others. */
export class Living {
  readonly #options: LivingOptions;
  readonly #onForgetFailed: OnForgetFailed;
  #seen: Snapshot['sessions'] = [];
  #sessions: readonly Session[] = [];
  #servers: readonly ServerGroup[] = [];
  #keys: ReadonlySet<SessionKey> = new Set();

  constructor(options: LivingOptions, onForgetFailed: OnForgetFailed) {
    this.#options = options;
    this.#onForgetFailed = onForgetFailed;
  }

  /** The servers of all of them. */
  get servers(): readonly ServerGroup[] {
    return this.#servers;
  }

  /** Takes a snapshot for what there is. */
  see(sessions: Snapshot['sessions']): void {
    if (isSameList(this.#seen, sessions)) return;
    this.#seen = sessions;
    this.#sessions = sessions.filter(({ status }) => !isTerminal(status));
    this.#servers = groupByServer(this.#sessions, this.#options.runtimes);
    this.#forgetOthers();
  }

  /** The servers of those that are not `busy`. */
  serversBut(busy: ReadonlySet<SessionKey>): readonly ServerGroup[] {
    if (busy.size === 0) return this.#servers;
    const due = this.#sessions.filter((session) => !busy.has(sessionKey(session)));
    return groupByServer(due, this.#options.runtimes);
  }

  /** Whichever agent knew it: it may be another one than the record's, which was started by hand. */
  #forgetOthers(): void {
    const keys = new Set(this.#sessions.map(sessionKey));
    const gone = [...this.#keys].filter((key) => !keys.has(key));
    this.#keys = keys;
    for (const agent of Object.values(this.#options.agents)) for (const key of gone) this.#forget(agent, key);
  }

  #forget(agent: Agent, key: SessionKey): void {
    try {
      agent.forget?.(key);
    } catch (error) {
      this.#onForgetFailed(key, error);
    }
  }
}

import { asyncScheduler, type Observable, type SchedulerLike } from 'rxjs';
import type { Agent } from '../src/agent/agent.js';
import { defaultAgents } from '../src/agent/default-agents.js';
import { withAgentProcesses } from '../src/agent/with-agent-processes.js';
import { comesWithThePackage } from '../src/control/comes-with-the-package.js';
import { HookFiles } from '../src/hook/hook-files.js';
import { defaultRuntimes } from '../src/runtime/default-runtimes.js';
import type { Runtime } from '../src/runtime/runtime.js';
import type { Clock } from '../src/session/clock.js';
import type { LifecycleEvent } from '../src/session/event.js';
import { messageOf } from '../src/session/message-of.js';
import type { PassReport } from '../src/session/pass-report.js';
import { systemClock } from '../src/process/system-clock.js';
import { HomeLayout } from '../src/store/home-layout.js';
import { abortableGenerator } from './abortable-generator.js';
import { EventHub } from './event-hub.js';
import { EventIterator, type EventIteratorOptions } from './event-iterator.js';
import type { HomeLoop } from './home-loop.js';
import { journalEvents } from './journal-events.js';
import { findCursor, findStart, type After } from './journal-start.js';
import { LifecycleStoppedError } from './lifecycle-stopped-error.js';
import { LoneLoop } from './lone-loop.js';
import type { LoopSettings, Store } from './loop.js';
import { SharedLoop } from './shared-loop.js';
import type { SnapshotLine } from './snapshot-line.js';
import { snapshotThenEvents } from './snapshot-then-events.js';

/** How often the loop looks, unless told: 10 s. */
export const DEFAULT_POLL_INTERVAL_MS = 10_000;

/** How long a probe may take, unless told: 5 s. */
export const DEFAULT_PROBE_TIMEOUT_MS = 5_000;

export type { PassReport } from '../src/session/pass-report.js';

/** What a manager works on, and how often; only `sessions` must be given. */
export interface LifecycleManagerOptions {
  /** The records: a `SessionManager`. */
  sessions: Store;
  /** By the name that records have in `runtime`; `tmux` and `process` unless told. */
  runtimes?: Readonly<Record<string, Runtime>>;
  /** By the name that records have in `agent`; unless told, all that come with the package, with the hooks of the home. */
  agents?: Readonly<Record<string, Agent>>;
  pollIntervalMs?: number;
  probeTimeoutMs?: number;
  /** How long a session may be idle or blocked before it is `stuck`; never, if left out. */
  stuckAfterMs?: number | undefined;
  /** Unless `none`, the managers of a home share one loop and its journal: one of them runs it, the others follow. */
  lease?: 'none' | undefined;
  /** Gets a line for people, on stderr unless told: a subscriber threw, the loop was taken over, its holder is stuck. */
  warn?: (message: string) => void;
  clock?: Clock;
  scheduler?: SchedulerLike;
}

/** A running loop. Dropping it does not stop the loop; only `stop` does. */
export interface LifecycleHandle {
  /**
   * What the first pass saw, here or, at this manager's request, where the home's loop runs; null if the manager was
   * stopped before it ended. It rejects with a `HomeHeldError`, or a `StoreError`, if this manager can't take part in the home's loop.
   */
  firstPass: Promise<PassReport | null>;
  /** Ends the loop for good: resolves once what was read is saved and told, and then completes `event$`. */
  stop(): Promise<void>;
}

/** How far a reading of the journal goes. */
export interface JournalEventsOptions {
  /** Ends the iteration at once. */
  signal?: AbortSignal;
  /** Whether to wait for more at the journal's end, as long as the manager is not stopped; it does, unless told. */
  follow?: boolean;
}

/** The same that the command reads; a store without a home has none. */
const hooksIn = (home: string | undefined): HookFiles | null =>
  home === undefined ? null : new HookFiles({ layout: new HomeLayout(home) });

/** Keeps the records of sessions in sync with reality, and tells of each change. */
export class LifecycleManager {
  /** Hot and synchronous: every event from the moment of subscription on, once its state is on disk. */
  readonly event$: Observable<LifecycleEvent>;
  readonly #settings: LoopSettings;
  readonly #hub: EventHub;
  readonly #loop: HomeLoop;
  readonly #stopped = new AbortController();
  readonly #home: string | null;
  #handle: LifecycleHandle | null = null;
  #stopping: Promise<void> | null = null;

  constructor({
    sessions,
    clock = systemClock,
    runtimes = defaultRuntimes({ clock }),
    agents = defaultAgents({ clock, hooks: hooksIn(sessions.home) }),
    pollIntervalMs = DEFAULT_POLL_INTERVAL_MS,
    probeTimeoutMs = DEFAULT_PROBE_TIMEOUT_MS,
    stuckAfterMs,
    scheduler = asyncScheduler,
    lease,
    warn: tell = warnOnStderr,
  }: LifecycleManagerOptions) {
    const warn = orOnStderr(tell);
    const settings: LoopSettings = {
      ...{ sessions, runtimes, pollIntervalMs, probeTimeoutMs, stuckAfterMs, clock, scheduler },
      agents: withAgentProcesses(agents, { clock }),
    };
    this.#settings = settings;
    this.#hub = new EventHub({
      onFault: (error) => warn(`a subscriber of events threw: ${messageOf(error)}`),
    });
    this.event$ = this.#hub.event$;
    this.#home = lease === 'none' ? null : (sessions.home ?? null);
    this.#loop =
      this.#home === null
        ? new LoneLoop({ settings, hub: this.#hub })
        : new SharedLoop({
            ...{ home: this.#home, settings, hub: this.#hub, warn },
            mayFollow: comesWithThePackage({ runtimes, agents }),
          });
  }

  /** Runs the loop: a pass at once, and then one each `pollIntervalMs`. Called again, it returns the same handle. */
  start(): LifecycleHandle {
    this.#refuseIfStopped();
    this.#handle ??= { firstPass: this.#loop.start(), stop: () => this.stop() };
    return this.#handle;
  }

  /** One pass, begun after the call, here or where the home's loop runs; resolves when its writes are done. */
  async tick(): Promise<PassReport> {
    this.#refuseIfStopped();
    return this.#loop.tick();
  }

  /** Ends everything for good, as the handle does; for who only ever called `tick`. */
  async stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    await this.#stopping;
  }

  /** The events from this call on, for `for await`. */
  events(options: EventIteratorOptions = {}): EventIterator {
    return new EventIterator(this.event$, options);
  }

  /**
   * All sessions, then the cursor of the place in the events that they are of, then the events after it, for `for await`:
   * folding these over the sessions gives what is on disk. It takes part in the home's loop for as long as it goes on.
   */
  snapshotThenEvents(
    options: EventIteratorOptions = {},
  ): AsyncGenerator<SnapshotLine | LifecycleEvent, void, undefined> {
    const openEvents = (wanted: EventIteratorOptions): EventIterator => this.events(wanted);
    const { sessions } = this.#settings;
    return abortableGenerator(
      (signal) => snapshotThenEvents({ loop: this.#loop, sessions, openEvents }, { ...options, signal }),
      options.signal,
    );
  }

  /**
   * The events after a cursor, from a moment on, or from now on, out of the home's journal, for `for await`: whoever is
   * slow loses none as long as the journal keeps them. @throws {ExpiredCursorError | InvalidCursorError}
   */
  eventsAfter(
    after: After,
    { signal, follow = true }: JournalEventsOptions = {},
  ): AsyncGenerator<LifecycleEvent, void, undefined> {
    const start = findStart(this.#home, after);
    const untilEnd = follow ? this.#stopped.signal : AbortSignal.abort();
    const { clock } = this.#settings;
    return abortableGenerator(
      (ending) => journalEvents({ ...start, clock, untilEnd, signal: ending }),
      signal,
    );
  }

  /**
   * The cursor of a place in the home's events, to keep or to go on from: of now, or of the first event since a moment.
   * @throws {ExpiredCursorError | InvalidCursorError}
   */
  findCursor(after: After): string {
    return findCursor(this.#home, after);
  }

  async #stop(): Promise<void> {
    try {
      await this.#loop.stop();
    } finally {
      await this.#hub.close();
      this.#stopped.abort();
    }
  }

  #refuseIfStopped(): void {
    if (this.#stopping) throw new LifecycleStoppedError();
  }
}

const warnOnStderr = (message: string): void => {
  process.stderr.write(`session-vitals: ${message}\n`);
};

/** What can't be told is on stderr: a line for people must not harm the loop that has it. */
const orOnStderr =
  (warn: (message: string) => void) =>
  (message: string): void => {
    try {
      warn(message);
    } catch (error) {
      warnOnStderr(`${message} (and warn itself threw: ${messageOf(error)})`);
    }
  };

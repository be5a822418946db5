import { randomUUID } from 'node:crypto';
import {
  asyncScheduler,
  BehaviorSubject,
  filter,
  firstValueFrom,
  map,
  ReplaySubject,
  Subject,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import type { Agent } from '../src/agent/agent.js';
import { defaultAgents } from '../src/agent/default-agents.js';
import { defaultRuntimes } from '../src/runtime/default-runtimes.js';
import type { Runtime } from '../src/runtime/runtime.js';
import type { Clock } from '../src/session/clock.js';
import type { LifecycleEvent } from '../src/session/event.js';
import { systemClock } from '../src/process/system-clock.js';
import { EventHub } from './event-hub.js';
import { EventIterator, type EventIteratorOptions } from './event-iterator.js';
import { hints } from './hints.js';
import { LifecycleStoppedError } from './lifecycle-stopped-error.js';
import { Loop, type Store } from './loop.js';
import { pipeline } from './pipeline.js';
import type { SnapshotResult } from './take-snapshot.js';
import { ticks } from './tick.js';

/** How often the loop looks, unless told: 10 s. */
export const DEFAULT_POLL_INTERVAL_MS = 10_000;

/** How long a probe may take, unless told: 5 s. */
export const DEFAULT_PROBE_TIMEOUT_MS = 5_000;

export interface LifecycleManagerOptions {
  /** The records: a `SessionManager`. */
  sessions: Store;
  /** By the name that records have in `runtime`; `tmux` and `process` unless told. */
  runtimes?: Readonly<Record<string, Runtime>>;
  /** By the name that records have in `agent`; all that come with the package unless told. */
  agents?: Readonly<Record<string, Agent>>;
  pollIntervalMs?: number;
  probeTimeoutMs?: number;
  /** How long a session may be idle or blocked before it is `stuck`; never, if left out. */
  stuckAfterMs?: number | undefined;
  /** Whether loops on one home take turns: `none`, they don't. */
  lease?: 'none';
  clock?: Clock;
  scheduler?: SchedulerLike;
}

/** What one pass saw. */
export interface PassReport {
  sessions: number;
  unreadable: number;
  /** Why the records could not be listed; null when they were. */
  error: string | null;
}

/** A running loop. Dropping it does not stop the loop; only `stop` does. */
export interface LifecycleHandle {
  /** What the first pass saw; null if the loop was stopped before it began. */
  firstPass: Promise<PassReport | null>;
  /** Ends the loop for good: resolves once what was read is saved and told, and then completes `event$`. */
  stop(): Promise<void>;
}

/** Keeps the records of sessions in sync with reality, and tells of each change. */
export class LifecycleManager {
  /** Hot and synchronous: every event from the moment of subscription on, once its state is on disk. */
  readonly event$: Observable<LifecycleEvent>;
  readonly #options: Required<Omit<LifecycleManagerOptions, 'lease'>>;
  readonly #hub: EventHub;
  readonly #isRunning$ = new BehaviorSubject(false);
  readonly #ask$ = new Subject<void>();
  readonly #stopping$ = new ReplaySubject<void>(1);
  readonly #passed$ = new Subject<{ number: number; report: PassReport }>();
  readonly #closing: Promise<void>[] = [];
  #passesBegun = 0;
  #ended: Promise<void> | null = null;
  #handle: LifecycleHandle | null = null;
  #isStopped = false;

  constructor({
    sessions,
    clock = systemClock,
    runtimes = defaultRuntimes({ clock }),
    agents = defaultAgents({ clock }),
    pollIntervalMs = DEFAULT_POLL_INTERVAL_MS,
    probeTimeoutMs = DEFAULT_PROBE_TIMEOUT_MS,
    stuckAfterMs,
    scheduler = asyncScheduler,
  }: LifecycleManagerOptions) {
    this.#options = {
      sessions,
      runtimes,
      agents,
      pollIntervalMs,
      probeTimeoutMs,
      stuckAfterMs,
      clock,
      scheduler,
    };
    this.#hub = new EventHub({ epoch: randomUUID(), clock });
    this.event$ = this.#hub.event$;
  }

  /** Runs the loop: a pass at once, and then one each `pollIntervalMs`. Called again, it returns the same handle. */
  start(): LifecycleHandle {
    this.#run();
    if (!this.#handle) {
      this.#handle = { firstPass: this.#nextPass(), stop: () => this.stop() };
      this.#isRunning$.next(true);
    }
    return this.#handle;
  }

  /** One pass, begun after the call; resolves when its writes are done. */
  async tick(): Promise<PassReport> {
    this.#run();
    const report = this.#nextPass();
    this.#ask$.next();
    return (await report) ?? Promise.reject(new LifecycleStoppedError());
  }

  /** Ends everything for good, as the handle does; for who only ever called `tick`. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#isRunning$.next(false);
    this.#stopping$.next();
    await this.#ended;
    await Promise.all(this.#closing);
    this.#passed$.complete();
    this.#hub.close();
  }

  /** The events from this call on, for `for await`. */
  events(options: EventIteratorOptions = {}): EventIterator {
    return new EventIterator(this.event$, options);
  }

  async #nextPass(): Promise<PassReport | null> {
    const number = this.#passesBegun + 1;
    const report$ = this.#passed$.pipe(
      filter((pass) => pass.number >= number),
      map(({ report }) => report),
    );
    return firstValueFrom(report$, { defaultValue: null });
  }

  #run(): void {
    if (this.#isStopped) throw new LifecycleStoppedError();
    this.#ended ??= new Promise((resolve, reject) => {
      const loop = new Loop(this.#options, this.#hub);
      pipeline({
        loop,
        tick$: ticks({
          ...this.#options,
          isRunning$: this.#isRunning$,
          ask$: this.#ask$,
          hint$: hints({
            ...this.#options,
            onDeaf: loop.deafen,
            onClosing: (closed) => this.#closing.push(closed),
          }),
        }),
        stopping$: this.#stopping$,
        onPass: () => this.#beginPass(),
      }).subscribe({ error: reject, complete: resolve });
    });
  }

  #beginPass(): { taken: (result: SnapshotResult) => void; done: () => void } {
    this.#passesBegun += 1;
    const number = this.#passesBegun;
    let report: PassReport = { sessions: 0, unreadable: 0, error: null };
    return {
      taken: (result) => {
        report = reportOf(result);
      },
      done: () => this.#passed$.next({ number, report }),
    };
  }
}

const reportOf = (result: SnapshotResult): PassReport =>
  result.type === 'failed'
    ? { sessions: 0, unreadable: 0, error: result.message }
    : { sessions: result.sessions.length, unreadable: result.unreadable.length, error: null };

import { FakeAgent } from '../../fixtures/fakes/fake-agent.js';
import { FakeRuntime } from '../../fixtures/fakes/fake-runtime.js';
import { MemoryStore } from '../../fixtures/fakes/memory-store.js';
import { makeSession } from '../../fixtures/sessions.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import type { Session } from '../../src/session/session.js';
import { HEAD_START_MS } from '../../streams/deaths-first.js';
import { LifecycleManager, type LifecycleManagerOptions } from '../../streams/lifecycle-manager.js';
import { HandScheduler } from './hand-scheduler.js';

const INTERVAL_MS = 10_000;

export interface WatchedLoop {
  manager: LifecycleManager;
  store: MemoryStore;
  runtime: FakeRuntime;
  agent: FakeAgent;
  time: HandScheduler;
  /** Everything told so far. */
  events: LifecycleEvent[];
  /** What was told since this was last asked, each event in a few words. */
  news: () => string[];
}

/** A loop over fakes in virtual time, and all that it tells. */
export function watchLoop(sessions: Session[], options: Partial<LifecycleManagerOptions> = {}): WatchedLoop {
  const store = new MemoryStore(...sessions);
  const runtime = new FakeRuntime();
  const agent = new FakeAgent();
  const time = new HandScheduler();
  const manager = new LifecycleManager({
    sessions: store,
    runtimes: { fake: runtime },
    agents: { fake: agent },
    pollIntervalMs: INTERVAL_MS,
    probeTimeoutMs: 5_000,
    clock: time.clock,
    scheduler: time,
    ...options,
  });
  const events: LifecycleEvent[] = [];
  manager.event$.subscribe((event) => events.push(event));
  let isTold = 0;
  const news = (): string[] => {
    const fresh = events.slice(isTold);
    isTold = events.length;
    return fresh.map(say);
  };
  return { manager, store, runtime, agent, time, events, news };
}

/** Starts the loop, lets its first pass end, and says what it told. */
export async function begin({ manager, time, news }: WatchedLoop): Promise<string[]> {
  manager.start();
  await time.advance(0);
  return news();
}

/** Lets the next pass of the timer end, and says what was told. */
export async function nextPass({ time, news }: WatchedLoop): Promise<string[]> {
  await time.advance(INTERVAL_MS);
  return news();
}

/** Lets those be told who wait while deaths are, and says what was told. */
export async function later({ time, news }: WatchedLoop): Promise<string[]> {
  await time.advance(HEAD_START_MS);
  return news();
}

/** A session in the hands of the fakes. */
export const fakeSession = (id: string, overrides: Partial<Session> = {}): Session =>
  makeSession({ id, agent: 'fake', handle: { type: 'fake', name: id }, ...overrides });

/** An event in a few words. */
export function say(event: LifecycleEvent): string {
  const who = 'sessionId' in event ? ` ${event.sessionId ?? ''}` : '';
  switch (event.type) {
    case 'activity_changed':
      return `${event.type}${who}: ${event.prev ?? 'unknown'} to ${event.next ?? 'unknown'}`;
    case 'agent_exited':
      return `${event.type}${who}: ${event.agent}`;
    case 'status_changed':
      return `${event.type}${who}: ${event.from} to ${event.to} by ${event.by}`;
    case 'terminated':
      return `${event.type}${who}: ${event.reason}`;
    case 'tick_error':
      return `${event.type}${who}: ${event.stage}: ${event.message}`;
    case 'session_restored':
    case 'spawned':
      return `${event.type}${who}: ${event.status}`;
    case 'runtime_unavailable':
    case 'runtime_restored':
      return `${event.type} ${event.server}: ${event.message}`;
    case 'session_unreadable':
      return `${event.type} ${event.path}`;
    case 'lagged':
      return `${event.type}: ${event.missed}`;
    case 'session_removed':
      return `${event.type}${who}`;
  }
}

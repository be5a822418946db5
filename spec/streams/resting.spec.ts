import fc from 'fast-check';
import type { ActivityReading } from '../../src/agent/source/activity-reading.js';
import { FakeAgent } from '../../fixtures/fakes/fake-agent.js';
import { FakeRuntime } from '../../fixtures/fakes/fake-runtime.js';
import { MemoryStore } from '../../fixtures/fakes/memory-store.js';
import { SharingStore } from '../../fixtures/fakes/sharing-store.js';
import { ScreenAgent } from '../../src/agent/screen.js';
import type { RuntimeView, Signs } from '../../src/runtime/runtime.js';
import type { Handle } from '../../src/session/handle.js';
import type { Session } from '../../src/session/session.js';
import { LifecycleManager } from '../../streams/lifecycle-manager.js';
import { HandScheduler } from './hand-scheduler.js';
import { fakeSession, say, watchLoop } from './watch-loop.js';

const INTERVAL_MS = 10_000;
const STUCK_AFTER_MS = 85_000;

/** An agent whose answers hold until a test says otherwise. */
class LastingAgent extends FakeAgent {
  lasts = true;

  override async detectActivity(...asked: Parameters<FakeAgent['detectActivity']>): Promise<ActivityReading> {
    return { ...(await super.detectActivity(...asked)), holds: () => this.lasts };
  }
}

function setUp(store: MemoryStore) {
  const agent = new LastingAgent();
  const options = { sessions: store, agents: { fake: agent }, stuckAfterMs: STUCK_AFTER_MS };
  const { manager, runtime, time } = watchLoop([], options);
  const told: string[] = [];
  manager.event$.subscribe((event) => told.push(say(event)));
  manager.start();
  const passes = (count: number): Promise<void> => time.advance(count * INTERVAL_MS);
  return { store, runtime, agent, told, passes };
}

async function atRest(session: Session = fakeSession('a')) {
  const loop = setUp(new SharingStore(session));
  loop.agent.does('a', 'ready');
  await loop.passes(3);
  const asked = loop.agent.timesAsked('shop/a');
  const timesAsked = (): number => loop.agent.timesAsked('shop/a') - asked;
  loop.told.length = 0;
  return { ...loop, timesAsked };
}

describe('a session of which nothing changed', () => {
  it('is not asked about again', async () => {
    const { passes, timesAsked, told, runtime } = await atRest();
    const looks = runtime.looks.length;
    await passes(20);
    expect([timesAsked(), told, runtime.looks.length - looks]).toEqual([0, [], 20]);
  });

  it('is asked about at each pass by a store that does not share its sessions', async () => {
    const { agent, passes } = setUp(new MemoryStore(fakeSession('a')));
    await passes(3);
    const asked = agent.timesAsked('shop/a');
    await passes(5);
    expect(agent.timesAsked('shop/a') - asked).toBe(5);
  });

  it('is asked about again once the answer holds no more', async () => {
    const { agent, passes, timesAsked, told } = await atRest();
    agent.lasts = false;
    agent.does('a', 'active');
    await passes(1);
    expect([timesAsked(), told]).toEqual([1, ['activity_changed a: ready to active']]);
  });

  it('is asked about again once somebody wrote to its record', async () => {
    const { store, agent, passes, timesAsked, told } = await atRest();
    store.edit('shop/a', { task: 'another one' });
    agent.does('a', 'active');
    await passes(1);
    expect([timesAsked(), told]).toEqual([1, ['activity_changed a: ready to active']]);
  });

  it('still ends when its program does', async () => {
    const { runtime, passes, told } = await atRest();
    runtime.die('a');
    await passes(1);
    expect(told).toEqual(['status_changed a: working to killed by lifecycle', 'terminated a: runtime_gone']);
  });

  it('still is unknown when its program can’t be seen, or must not be asked about', async () => {
    const { runtime, passes, told } = await atRest();
    runtime.hide('a');
    await passes(2);
    runtime.break('a');
    await passes(2);
    expect(told).toEqual(["tick_error a: probe: a can't be seen", 'tick_error a: probe: a is beyond me']);
  });

  it('still gets stuck when its time has come', async () => {
    const loop = setUp(new SharingStore(fakeSession('a')));
    loop.agent.does('a', 'idle');
    await loop.passes(3);
    const asked = loop.agent.timesAsked('shop/a');
    await loop.passes(20);
    expect(loop.told.slice(-1)).toEqual(['status_changed a: working to stuck by lifecycle']);
    expect(loop.agent.timesAsked('shop/a') - asked).toBeLessThanOrEqual(2);
  });
});

/** Programs whose screens a test moves. */
class ScreenRuntime extends FakeRuntime {
  readonly #signs = new Map<string, Signs>();

  shows(name: string, change: Partial<Signs> = {}): void {
    this.#signs.set(name, { ...this.#of(name), ...change });
  }

  override async observe(handles: Handle[], options: { signal: AbortSignal }): Promise<RuntimeView> {
    const view = await super.observe(handles, options);
    return { ...view, signs: ({ name }) => ({ ...this.#of(String(name)) }) };
  }

  #of(name: string): Signs {
    return this.#signs.get(name) ?? { lastOutputAt: '2026-01-01T11:00:00.000Z', title: '', bell: false };
  }
}

type Step =
  | { type: 'passes'; count: number }
  | { type: 'prints' | 'rings' | 'is looked at' | 'dies' | 'is edited'; id: string };

const IDS = ['a', 'b'];

const steps = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ type: fc.constant('passes' as const), count: fc.integer({ min: 1, max: 8 }) }),
    },
    fc.record({
      type: fc.constantFrom('prints', 'rings', 'is looked at', 'is edited', 'prints', 'dies'),
      id: fc.constantFrom(...IDS),
    }) as fc.Arbitrary<Step>,
  ),
  { minLength: 5, maxLength: 40 },
);

const seconds = (time: string): string => time.slice(0, 19);

/** All that a loop over real screen agents tells and writes while this happens. */
async function replay(script: readonly Step[], store: MemoryStore): Promise<unknown> {
  const runtime = new ScreenRuntime();
  const time = new HandScheduler();
  const manager = new LifecycleManager({
    sessions: store,
    runtimes: { fake: runtime },
    agents: { fake: new ScreenAgent({ clock: time.clock }) },
    pollIntervalMs: INTERVAL_MS,
    stuckAfterMs: STUCK_AFTER_MS,
    clock: time.clock,
    scheduler: time,
  });
  const told: string[] = [];
  manager.event$.subscribe((event) => told.push(`${seconds(event.time)} ${say(event)}`));
  manager.start();
  // Nothing happens while a pass is going on: where a death is told, the living are asked some milliseconds later.
  await time.advance(1_000);
  for (const step of script) {
    if (step.type === 'passes') await time.advance(step.count * INTERVAL_MS);
    else if (step.type === 'dies') runtime.die(step.id);
    else if (step.type === 'is edited') store.edit(`shop/${step.id}`, { task: `${time.clock.now()}` });
    else if (step.type === 'prints')
      runtime.shows(step.id, { lastOutputAt: new Date(time.clock.now()).toISOString() });
    else runtime.shows(step.id, { bell: step.type === 'rings' });
  }
  await time.advance(INTERVAL_MS);
  // To the second, for the same reason: at rest, none of the living is asked.
  const saves = store.saves.map(({ id, rev, status, activity, idleSince }) => ({
    ...{ id, rev, status, activity, idleSince: idleSince && seconds(idleSince) },
  }));
  return { told, saves };
}

it('tells and writes the same, whatever happens, as if each session were asked about at each pass', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const sessions = IDS.map((id) => fakeSession(id));
      expect(await replay(script, new SharingStore(...sessions))).toEqual(
        await replay(script, new MemoryStore(...sessions)),
      );
    }),
    { numRuns: 40 },
  );
});

import { rmSync } from 'node:fs';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { deferred } from '../../fixtures/fakes/deferred.js';
import { FakeRuntime } from '../../fixtures/fakes/fake-runtime.js';
import { journalDirectory } from '../../src/journal/segments.js';
import { leaseLock } from '../../src/lease/lease-layout.js';
import { readLease } from '../../src/lease/read-lease.js';
import { HomeHeldError } from '../../streams/home-held-error.js';
import { LifecycleManager } from '../../streams/lifecycle-manager.js';
import { LifecycleStoppedError } from '../../streams/lifecycle-stopped-error.js';
import { SharedHome } from './shared-home.js';

const shared = new SharedHome();
beforeEach(() => shared.begin());
afterEach(() => shared.end());
afterAll(() => shared.root.remove());

const lease = (): Promise<{ type: string }> => readLease(shared.home, { now: Date.now() });

describe('a second manager on a home', () => {
  it('tells the events of the first, the very same, from its own start on', async () => {
    await shared.put('a');
    const first = shared.leader();
    await first.manager.start().firstPass;
    const second = shared.open();
    expect(await second.manager.start().firstPass).toEqual({ sessions: 1, unreadable: 0, error: null });
    shared.runtime.die('a', { code: 0, signal: null });
    await waitFor('its end', () => second.told().includes('terminated a: runtime_gone'));
    expect(first.told()[0]).toBe('session_restored a: working');
    expect(second.events).toEqual(first.events.slice(-second.events.length));
    expect(second.told()).toEqual([
      'status_changed a: working to done by lifecycle',
      'terminated a: runtime_gone',
    ]);
  });

  it('takes over when the first stops: another epoch, the next seq, nothing told again and nothing lost', async () => {
    await shared.put('a');
    const first = shared.leader();
    await first.manager.start().firstPass;
    const second = shared.open();
    await second.manager.start().firstPass;
    await first.manager.stop();
    await waitFor('the takeover', () => shared.warnings.length > 0);
    expect(shared.warnings).toEqual([`this process runs the loop of ${shared.home} now`]);
    await shared.change('a', { status: 'pr_open' });
    await waitFor('the change', () =>
      second.told().includes('status_changed a: working to pr_open by external'),
    );
    const last = first.events.at(-1)!;
    expect(second.events[0]!.seq).toBe(last.seq + 1);
    expect(second.events[0]!.epoch).not.toBe(last.epoch);
    expect(second.told().filter((text) => text.startsWith('session_restored'))).toEqual([]);
  });

  it('has the first make a pass when it is asked for one, and then has told what that pass told', async () => {
    await shared.put('a');
    const first = shared.leader({ pollIntervalMs: 3_600_000 });
    await first.manager.start().firstPass;
    const second = shared.open();
    shared.runtime.die('a', { code: 3, signal: null });
    expect(await second.manager.tick()).toEqual({ sessions: 1, unreadable: 0, error: null });
    expect(second.told()).toEqual([
      'status_changed a: working to errored by lifecycle',
      'terminated a: runtime_gone',
    ]);
    expect(second.events).toEqual(first.events.slice(-2));
  });

  it('leaves alone what the first does not know: that is unknown, never dead', async () => {
    await shared.put('a', { runtime: 'elsewhere' });
    const first = shared.open();
    await first.manager.start().firstPass;
    const second = shared.open();
    await second.manager.tick();
    expect((await shared.sessions.get('shop/a'))?.status).toBe('working');
    expect(first.told()).toContainEqual(expect.stringContaining('tick_error a: probe: '));
  });

  it('gets a typed error if it has runtimes or agents of its own, whatever they are called', async () => {
    const first = shared.open();
    await first.manager.start().firstPass;
    for (const own of [{ runtimes: { tmux: shared.runtime } }, { agents: { mine: shared.agent } }]) {
      const { manager } = shared.open(own);
      await expect(manager.tick()).rejects.toBeInstanceOf(HomeHeldError);
      await expect(manager.start().firstPass).rejects.toThrow(/runs the loop of .* lease: 'none'/);
    }
  });

  it('runs a loop of its own when it is made with lease none', async () => {
    await shared.put('a');
    const first = shared.leader();
    await first.manager.start().firstPass;
    const second = shared.leader({ lease: 'none' });
    await second.manager.tick();
    expect(second.events.map(({ seq }) => seq)).toEqual([1]);
    expect(second.told()).toEqual(['session_restored a: working']);
  });

  it('stops while it waits for its turn, or for a pass', async () => {
    const listing = deferred<never>();
    shared.runtime.delays.set('main', () => listing.promise);
    await shared.put('a');
    const first = shared.leader({ probeTimeoutMs: 60_000 });
    void first.manager.start();
    await waitFor('the first', async () => (await lease()).type === 'held');
    const second = shared.open();
    void second.manager.start();
    const asked = expect(second.manager.tick()).rejects.toBeInstanceOf(LifecycleStoppedError);
    await second.manager.stop();
    await asked;
    shared.runtime.delays.clear();
  });
});

describe('tick without start', () => {
  it('holds the lease for as long as it takes, and goes on from what was told before', async () => {
    await shared.put('a');
    const one = shared.leader();
    await one.manager.tick();
    expect((await lease()).type).toBe('free');
    const other = shared.leader();
    await shared.change('a', { status: 'pr_open' });
    await other.manager.tick();
    await one.manager.tick();
    expect(one.told()).toEqual(['session_restored a: working']);
    expect(other.told()).toEqual(['status_changed a: working to pr_open by external']);
    expect(other.events[0]!.seq).toBe(2);
  });

  it('counts what had ended when the home was first watched as told, also in later lives', async () => {
    await shared.put('a', { status: 'done' });
    const first = shared.leader();
    await first.manager.tick();
    await shared.put('b', { status: 'killed' });
    const second = shared.leader();
    await second.manager.tick();
    expect([first.told(), second.told()]).toEqual([[], ['spawned b: killed', 'terminated b: external']]);
  });
});

describe('what was saved and not told', () => {
  it('is told by the next life, once, with the evidence for it', async () => {
    await shared.put('a');
    await shared.leader().manager.tick();
    const evidence = { source: 'fake', detail: 'a is gone', observedAt: '2026-01-01T12:00:00.000Z' };
    const exit = { reason: 'runtime_gone', code: 3, signal: null, at: '2026-01-01T12:00:00.000Z' };
    const session = await shared.sessions.get('shop/a');
    await shared.sessions.save(
      { ...session!, status: 'errored', evidence, exit },
      { writtenBy: 'lifecycle' },
    );
    const next = shared.leader();
    await next.manager.tick();
    expect(next.events).toMatchObject([
      { type: 'status_changed', from: 'working', to: 'errored', by: 'lifecycle', evidence },
      { type: 'terminated', reason: 'runtime_gone', exit: { code: 3, signal: null }, evidence },
    ]);
    const last = shared.leader();
    await last.manager.tick();
    expect(last.events).toEqual([]);
  });
});

describe('a runtime that can not stop listening', () => {
  it.each<[string, unknown]>([
    [
      'boom',
      (): never => {
        throw new Error('boom');
      },
    ],
    ['stop is not a function', 'nothing to call'],
  ])('is told of, and the lease is given back: %s', async (message, stop) => {
    const runtime = new FakeRuntime();
    runtime.hint = () => stop as () => void;
    const manager = new LifecycleManager({
      sessions: shared.sessions,
      runtimes: { fake: runtime },
      agents: {},
    });
    await manager.start().firstPass;
    await expect(manager.stop()).rejects.toThrow(message);
    const next = shared.leader();
    expect(await next.manager.tick()).toMatchObject({ error: null });
  });
});

describe('an end of which the journal holds only the half', () => {
  it('is told to its end by the next life, once', async () => {
    await shared.put('a');
    const first = shared.leader();
    await first.manager.tick();
    const exit = { reason: 'runtime_gone', code: 3, signal: null, at: '2026-01-01T12:00:00.000Z' };
    await shared.change('a', { status: 'errored', exit });
    await first.manager.tick();
    const [, change, end] = first.told();
    expect(change).toBe('status_changed a: working to errored by external');
    await first.manager.stop();
    shared.tearJournal();
    const next = shared.leader();
    await next.manager.tick();
    expect(next.told()).toEqual([end]);
    expect(next.events[0]).toMatchObject({ type: 'terminated', reason: 'runtime_gone', seq: 3 });
    const last = shared.leader();
    await last.manager.tick();
    expect(last.events).toEqual([]);
  });
});

describe('a journal that somebody removed by hand', () => {
  it('is put back by the next pass, and others go on to follow it', async () => {
    await shared.put('a');
    const first = shared.leader();
    await first.manager.tick();
    await first.manager.start().firstPass;
    rmSync(journalDirectory(shared.home), { recursive: true });
    const second = shared.open();
    await second.manager.start().firstPass;
    await shared.put('b', { createdAt: new Date().toISOString() });
    await waitFor('the news', () => second.told().includes('spawned b: working'));
    expect(second.events).toEqual(first.events.slice(-second.events.length));
  });
});

describe('a lease that somebody removed by hand', () => {
  it('is taken back by its holder with its next pass', async () => {
    const { manager } = shared.leader({ pollIntervalMs: 3_600_000 });
    await manager.start().firstPass;
    rmSync(leaseLock(shared.home));
    await manager.tick();
    await waitFor('the lease', async () => (await lease()).type === 'held');
    expect(shared.warnings).toEqual([]);
    await manager.stop();
    expect((await lease()).type).toBe('free');
  });

  it('stays with whoever has taken it: the one before says so, and follows', async () => {
    await shared.put('a', { runtime: 'elsewhere' });
    const first = shared.open({ pollIntervalMs: 3_600_000 });
    await first.manager.start().firstPass;
    const second = shared.open();
    await second.manager.start().firstPass;
    rmSync(leaseLock(shared.home));
    await waitFor('the takeover', () => shared.warnings.length > 0);
    await first.manager.tick();
    await waitFor('the end of the first loop', () => shared.warnings.length > 1);
    expect(shared.warnings[1]).toMatch(
      /has taken the lease of .* from this one, which follows it from now on/,
    );
    await second.manager.tick();
    await shared.put('b', { runtime: 'elsewhere' });
    const said = 'spawned b: working';
    await waitFor('the same event from both', () =>
      [first, second].every(({ told }) => told().includes(said)),
    );
    const [here, there] = [first, second].map(({ events, told }) => events[told().indexOf(said)]);
    expect(here).toEqual(there);
    await second.manager.stop();
    await waitFor('another takeover', () => shared.warnings.length > 2);
    expect(await first.manager.tick()).toMatchObject({ sessions: 2 });
  });
});

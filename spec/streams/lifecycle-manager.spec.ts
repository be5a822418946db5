import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deferred } from '../../fixtures/fakes/deferred.js';
import { FakeAgent } from '../../fixtures/fakes/fake-agent.js';
import { FakeRuntime } from '../../fixtures/fakes/fake-runtime.js';
import { writeHookNote } from '../../src/hook/write-hook-note.js';
import type { Session } from '../../src/session/session.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { LifecycleManager } from '../../streams/lifecycle-manager.js';
import { settle } from './hand-scheduler.js';
import { fakeSession, say, watchLoop } from './watch-loop.js';

describe('start', () => {
  it('looks at once, and then once an interval', async () => {
    const { manager, store, time } = watchLoop([fakeSession('a')], { pollIntervalMs: 3_000 });
    manager.start();
    await time.advance(0);
    expect(store.listings).toBe(1);
    await time.advance(2_999);
    expect(store.listings).toBe(1);
    await time.advance(1);
    expect(store.listings).toBe(2);
    await time.advance(6_000);
    expect(store.listings).toBe(4);
  });

  it('looks every ten seconds unless told', async () => {
    const { store, runtime, agent, time } = watchLoop([]);
    const manager = new LifecycleManager({
      sessions: store,
      runtimes: { fake: runtime },
      agents: { fake: agent },
      clock: time.clock,
      scheduler: time,
    });
    manager.start();
    await time.advance(10_000);
    expect(store.listings).toBe(2);
  });

  it('starts one loop, however often it is called', async () => {
    const { manager, store, runtime, time, news } = watchLoop([fakeSession('a')]);
    const handles = [manager.start(), manager.start()];
    await time.advance(10_000);
    expect(handles[1]).toBe(handles[0]);
    expect([store.listings, runtime.listeners]).toEqual([2, 1]);
    expect(news()).toEqual(['session_restored a: working']);
  });

  it('runs on when its handle is dropped', async () => {
    const { manager, store, time } = watchLoop([]);
    (() => void manager.start())();
    await time.advance(30_000);
    expect(store.listings).toBe(4);
  });

  it('says what its first pass saw', async () => {
    const { manager, store, time } = watchLoop([fakeSession('a'), fakeSession('b')]);
    store.unreadable = [{ path: '/x', projectId: 'shop', id: 'x', message: 'not JSON', fingerprint: '1' }];
    const { firstPass } = manager.start();
    await time.advance(0);
    expect(await firstPass).toEqual({ sessions: 2, unreadable: 1, error: null });
  });

  it('says why its first pass saw nothing', async () => {
    const { manager, store, time } = watchLoop([fakeSession('a')]);
    store.beforeList = () => Promise.reject(new Error('EACCES'));
    const { firstPass } = manager.start();
    await time.advance(0);
    expect(await firstPass).toEqual({ sessions: 0, unreadable: 0, error: 'EACCES' });
  });
});

describe('tick', () => {
  it('makes one pass without a loop, and resolves when its writes are done', async () => {
    const { manager, store, runtime, time } = watchLoop([fakeSession('a')]);
    runtime.die('a', { code: 0, signal: null });
    const write = deferred<undefined>();
    store.beforeSave = () => write.promise;
    let isDone = false;
    const tick = manager.tick().finally(() => {
      isDone = true;
    });
    await settle();
    expect(isDone).toBe(false);
    write.resolve(undefined);
    expect(await tick).toEqual({ sessions: 1, unreadable: 0, error: null });
    expect(store.at('shop/a').status).toBe('done');
    await time.advance(60_000);
    expect(store.listings).toBe(1);
  });

  it('makes another pass if one goes on, because that one may have read the disk before', async () => {
    const { manager, store, news } = watchLoop([]);
    const listing = deferred<undefined>();
    store.beforeList = () => listing.promise;
    const first = manager.tick();
    const second = manager.tick();
    const third = manager.tick();
    await settle();
    store.put(fakeSession('a'));
    listing.resolve(undefined);
    await Promise.all([first, second, third]);
    expect([store.listings, news()]).toEqual([2, ['session_restored a: working']]);
  });

  it('works in the middle of an event', async () => {
    const { manager, store } = watchLoop([fakeSession('a')]);
    const asked = new Promise<void>((resolve, reject) => {
      manager.event$.subscribe(() => void manager.tick().then(() => resolve(), reject));
    });
    await manager.tick();
    await asked;
    expect(store.listings).toBe(2);
  });

  it('says that the records could not be listed, and the next one works', async () => {
    const { manager, store } = watchLoop([fakeSession('a')]);
    store.beforeList = () => Promise.reject(new Error('EACCES'));
    expect(await manager.tick()).toEqual({ sessions: 0, unreadable: 0, error: 'EACCES' });
    store.beforeList = async () => undefined;
    expect(await manager.tick()).toEqual({ sessions: 1, unreadable: 0, error: null });
  });
});

describe('hints', () => {
  it('count only while the loop runs', async () => {
    const { manager, store, runtime, time } = watchLoop([]);
    await manager.tick();
    expect(runtime.listeners).toBe(0);
    const handle = manager.start();
    await time.advance(0);
    expect([runtime.listeners, store.listings]).toEqual([1, 2]);
    runtime.hear();
    await settle();
    expect(store.listings).toBe(3);
    await handle.stop();
    expect(runtime.listeners).toBe(0);
  });

  it('make one more pass, however many come during one', async () => {
    const { manager, store, runtime, time } = watchLoop([]);
    const listing = deferred<undefined>();
    store.beforeList = () => listing.promise;
    manager.start();
    await time.advance(0);
    for (let count = 0; count < 5; count += 1) runtime.hear();
    listing.resolve(undefined);
    await settle();
    expect(store.listings).toBe(2);
  });
});

describe('with real records', () => {
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'vitals-streams-'));
  });
  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
  });

  it('tells of a change when it is on disk, and not before', async () => {
    const sessions = new SessionManager({ home });
    await sessions.save(fakeSession('a', { rev: 0, status: 'spawning' }));
    const runtime = new FakeRuntime();
    const agent = new FakeAgent();
    agent.does('a', 'waiting_input');
    const manager = new LifecycleManager({ sessions, runtimes: { fake: runtime }, agents: { fake: agent } });
    const reads: Promise<[string, string]>[] = [];
    manager.event$.subscribe((event) => {
      const read = readFile(sessions.layout.sessionFile('shop/a'), 'utf8');
      reads.push(read.then((text) => [say(event), (JSON.parse(text) as Session).status]));
    });
    await manager.tick();
    runtime.die('a', { code: 3, signal: null });
    const afterFirst = await Promise.all(reads);
    await manager.tick();
    expect([...afterFirst, ...(await Promise.all(reads.slice(afterFirst.length)))]).toEqual([
      ['session_restored a: spawning', expect.any(String)],
      ['activity_changed a: unknown to waiting_input', 'needs_input'],
      ['status_changed a: spawning to needs_input by lifecycle', 'needs_input'],
      ['status_changed a: needs_input to errored by lifecycle', 'errored'],
      ['terminated a: runtime_gone', 'errored'],
    ]);
  });
});

describe('without agents of its own', () => {
  it('hears the hooks of its home, as the command does', async () => {
    const home = await mkdtemp(join(tmpdir(), 'vitals-manager-'));
    const sessions = new SessionManager({ home });
    const manager = new LifecycleManager({
      ...{ sessions, runtimes: { fake: new FakeRuntime() }, lease: 'none' },
    });
    try {
      await sessions.save(fakeSession('a', { rev: 0, agent: 'codex' }));
      writeHookNote(sessions.layout.hookFile('shop/a'), {
        ...{ event: 'PermissionRequest', at: new Date().toISOString(), activity: 'waiting_input' },
        ...{ detail: 'it waits', agent: 'codex', conversation: null, transcriptPath: null },
        ...{ subagent: null, process: null },
      });
      await manager.tick();
      expect(await sessions.get('shop/a')).toMatchObject({
        status: 'needs_input',
        evidence: { source: 'hook' },
      });
    } finally {
      await manager.stop();
      await rm(home, { recursive: true });
    }
  });
});

describe('a warn that throws', () => {
  it('harms nobody: what it was to tell is on stderr', async () => {
    const lines: unknown[] = [];
    const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(line) > 0);
    const { manager, runtime, time, news } = watchLoop([fakeSession('a')], {
      warn: () => {
        throw new Error('no paper');
      },
    });
    manager.event$.subscribe(() => {
      throw new Error('not now');
    });
    manager.start();
    await time.advance(0);
    runtime.die('a');
    await time.advance(10_000);
    stderr.mockRestore();
    expect(news().at(-1)).toBe('terminated a: runtime_gone');
    expect(lines).toEqual([
      'session-vitals: a subscriber of events threw: not now (and warn itself threw: no paper)\n',
    ]);
  });
});

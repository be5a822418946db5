import { deferred, never } from '../../fixtures/fakes/deferred.js';
import { LifecycleStoppedError } from '../../streams/lifecycle-stopped-error.js';
import { settle } from './hand-scheduler.js';
import { fakeSession, say, watchLoop } from './watch-loop.js';

describe('stop', () => {
  it('ends the loop, its timer and its events', async () => {
    const { manager, store, time } = watchLoop([fakeSession('a')]);
    let isOver = false;
    manager.event$.subscribe({ complete: () => (isOver = true) });
    const handle = manager.start();
    await time.advance(0);
    await handle.stop();
    await time.advance(60_000);
    expect([store.listings, isOver]).toEqual([1, true]);
  });

  it('drops the probes that are out, tells them so, and does not count what they still say', async () => {
    const { manager, agent, runtime, store, time, news } = watchLoop([fakeSession('a'), fakeSession('b')]);
    const late = deferred<'active'>();
    agent.answers('a', () => late.promise);
    const handle = manager.start();
    await time.advance(0);
    await handle.stop();
    expect(agent.questions[0]?.signal.aborted).toBe(true);
    late.resolve('active');
    await settle();
    expect([store.saves, news().length, runtime.looks[0]?.signal.aborted]).toEqual([[], 2, false]);
  });

  it('drops a look at a server that is out', async () => {
    const { manager, runtime, time } = watchLoop([fakeSession('a')]);
    runtime.delays.set('main', never);
    const handle = manager.start();
    await time.advance(0);
    await handle.stop();
    expect(runtime.looks[0]?.signal.aborted).toBe(true);
  });

  it('finishes what is being written, and tells it before the events end', async () => {
    const { manager, runtime, store, time, news } = watchLoop([fakeSession('a')]);
    const write = deferred<undefined>();
    store.beforeSave = () => write.promise;
    runtime.die('a', { code: 0, signal: null });
    const handle = manager.start();
    await time.advance(0);
    let isStopped = false;
    const stopped = handle.stop().then(() => {
      isStopped = true;
    });
    await settle();
    expect(isStopped).toBe(false);
    write.resolve(undefined);
    await stopped;
    expect(news()).toEqual([
      'session_restored a: working',
      'status_changed a: working to done by lifecycle',
      'terminated a: runtime_gone',
    ]);
    expect(store.at('shop/a').status).toBe('done');
  });

  it('begins no probe when it comes while the disk is being read', async () => {
    const { manager, runtime, agent, store, time } = watchLoop([fakeSession('a')]);
    const listing = deferred<undefined>();
    store.beforeList = () => listing.promise;
    const handle = manager.start();
    await time.advance(0);
    const stopped = handle.stop();
    listing.resolve(undefined);
    await stopped;
    expect([runtime.looks.length, agent.questions.length]).toEqual([0, 0]);
  });

  it('makes no more passes, not even one that was asked for before, and says so to who asked', async () => {
    const { manager, agent, store, time } = watchLoop([fakeSession('a')]);
    const listing = deferred<undefined>();
    store.beforeList = () => listing.promise;
    const handle = manager.start();
    await time.advance(0);
    const asked = expect(manager.tick()).rejects.toBeInstanceOf(LifecycleStoppedError);
    const stopped = handle.stop();
    listing.resolve(undefined);
    await stopped;
    await asked;
    expect([store.listings, agent.questions.length]).toEqual([1, 0]);
  });

  it('leaves nothing to be done later', async () => {
    const { manager, agent, time } = watchLoop([fakeSession('a')]);
    agent.answers('a', never);
    const handle = manager.start();
    await time.advance(0);
    await handle.stop();
    expect(time.actions.filter((action) => !action.closed)).toEqual([]);
  });

  it('is for good', async () => {
    const { manager, time } = watchLoop([]);
    const handle = manager.start();
    await time.advance(0);
    await handle.stop();
    await expect(manager.tick()).rejects.toBeInstanceOf(LifecycleStoppedError);
    expect(() => manager.start()).toThrow(LifecycleStoppedError);
  });

  it('may be asked for twice', async () => {
    const { manager, time } = watchLoop([]);
    const handle = manager.start();
    await time.advance(0);
    await Promise.all([handle.stop(), handle.stop()]);
    await expect(handle.stop()).resolves.toBeUndefined();
  });

  it('may come before the first pass, which then has seen nothing', async () => {
    const { manager, store } = watchLoop([]);
    const handle = manager.start();
    await handle.stop();
    expect([await handle.firstPass, store.listings]).toEqual([null, 0]);
  });

  it('leaves the first pass with what it saw when it comes in the middle of it', async () => {
    const { manager, agent, time } = watchLoop([fakeSession('a')]);
    agent.answers('a', never);
    const handle = manager.start();
    await time.advance(0);
    await handle.stop();
    expect(await handle.firstPass).toEqual({ sessions: 1, unreadable: 0, error: null });
  });

  it('ends the iterators of its events once what waits is taken', async () => {
    const { manager, time } = watchLoop([fakeSession('a'), fakeSession('b'), fakeSession('c')]);
    const iterator = manager.events({ capacity: 2, where: ({ type }) => type === 'session_restored' });
    const handle = manager.start();
    await time.advance(0);
    await handle.stop();
    const told: string[] = [];
    for await (const event of iterator) told.push(say(event));
    expect(told).toEqual(['lagged: 1', 'session_restored b: working', 'session_restored c: working']);
  });
});

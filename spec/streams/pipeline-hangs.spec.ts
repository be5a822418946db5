import { deferred, never } from '../../fixtures/fakes/deferred.js';
import { begin, fakeSession, nextPass, watchLoop } from './watch-loop.js';

describe('what hangs', () => {
  it('delays nobody else: each session is told when its own reading arrives', async () => {
    const loop = watchLoop([fakeSession('a'), fakeSession('b')]);
    loop.agent.answers('a', never);
    loop.agent.does('b', 'active');
    expect(await begin(loop)).toContain('activity_changed b: unknown to active');
    await loop.time.advance(4_999);
    expect(loop.news()).toEqual([]);
    await loop.time.advance(1);
    expect(loop.news()).toEqual(['tick_error a: probe: the agent fake did not answer within 5000 ms']);
  });

  it('holds back the next pass for no more than a second', async () => {
    const loop = watchLoop([fakeSession('a'), fakeSession('b')], { probeTimeoutMs: 60_000 });
    loop.agent.answers('a', never);
    await begin(loop);
    const tick = loop.manager.tick();
    await loop.time.advance(999);
    expect(loop.store.listings).toBe(1);
    await loop.time.advance(1);
    expect(loop.store.listings).toBe(2);
    await tick;
    expect([loop.agent.timesAsked('shop/a'), loop.agent.timesAsked('shop/b')]).toEqual([1, 2]);
  });

  it('is skipped by the passes after it, which neither ask again nor tell of the old record', async () => {
    const loop = watchLoop([fakeSession('a')], { probeTimeoutMs: 25_000 });
    const answer = deferred<'active'>();
    loop.agent.answers('a', () => answer.promise);
    await begin(loop);
    loop.store.edit('shop/a', { status: 'pr_open' });
    expect([await nextPass(loop), loop.runtime.looks.length]).toEqual([[], 1]);
    answer.resolve('active');
    await loop.time.advance(0);
    expect(loop.news()).toEqual([
      'status_changed a: working to pr_open by external',
      'activity_changed a: unknown to active',
    ]);
    await nextPass(loop);
    expect(loop.runtime.looks).toHaveLength(2);
  });

  it('is asked no more while it does not settle, but its program is still looked at', async () => {
    const loop = watchLoop([fakeSession('a')]);
    loop.agent.answers('a', never);
    await begin(loop);
    await nextPass(loop);
    await nextPass(loop);
    expect([loop.agent.timesAsked('shop/a'), loop.runtime.looks.length]).toEqual([1, 3]);
    expect(loop.agent.questions[0]?.signal.aborted).toBe(true);
    loop.runtime.die('a', { code: 0, signal: null });
    loop.news();
    expect(await nextPass(loop)).toEqual([
      'status_changed a: working to done by lifecycle',
      'terminated a: runtime_gone',
    ]);
  });

  it('is asked again once it has answered, however late', async () => {
    const loop = watchLoop([fakeSession('a')]);
    const late = deferred<'active'>();
    loop.agent.answers('a', () => late.promise);
    await begin(loop);
    await nextPass(loop);
    late.resolve('active');
    loop.agent.does('a', 'ready');
    loop.news();
    expect(await nextPass(loop)).toEqual(['activity_changed a: unknown to ready']);
    expect(loop.agent.timesAsked('shop/a')).toBe(2);
  });

  it('is not a pass that goes on: a tick of the timer during one is skipped', async () => {
    const loop = watchLoop([fakeSession('a')]);
    const listing = deferred<undefined>();
    loop.store.beforeList = () => listing.promise;
    await begin(loop);
    await nextPass(loop);
    expect(loop.store.listings).toBe(1);
    listing.resolve(undefined);
    await loop.time.advance(0);
    expect(loop.store.listings).toBe(1);
    await nextPass(loop);
    expect(loop.store.listings).toBe(2);
  });
});

import { never } from '../../fixtures/fakes/deferred.js';
import type { Session } from '../../src/session/session.js';
import { begin, fakeSession, nextPass, watchLoop, type WatchedLoop } from './watch-loop.js';

const on = (server: string, id: string): Session =>
  fakeSession(id, { handle: { type: 'fake', name: id, server } });

describe('an outage', () => {
  it('is one event for all sessions of its server, which tell no errors of their own, and none for the others', async () => {
    const loop = watchLoop([on('one', 'a'), on('one', 'b'), on('one', 'c'), on('two', 'd')]);
    await begin(loop);
    loop.runtime.outages.set('one', 'no server running');
    loop.agent.does('d', 'active');
    expect((await nextPass(loop)).sort()).toEqual([
      'activity_changed d: unknown to active',
      'runtime_unavailable one: no server running',
    ]);
    expect([await nextPass(loop), await nextPass(loop)]).toEqual([[], []]);
  });

  it('ends no session, and is told to be over once', async () => {
    const loop = watchLoop([on('one', 'a'), on('one', 'b')]);
    loop.runtime.outages.set('one', 'no server running');
    await begin(loop);
    loop.runtime.outages.clear();
    expect([await nextPass(loop), await nextPass(loop)]).toEqual([
      ['runtime_restored one: one answers again'],
      [],
    ]);
    expect(loop.store.saves).toEqual([]);
  });

  it('is told again if it comes again', async () => {
    const loop = watchLoop([on('one', 'a')]);
    await begin(loop);
    loop.runtime.outages.set('one', 'gone');
    const told = [await nextPass(loop)];
    loop.runtime.outages.clear();
    told.push(await nextPass(loop));
    loop.runtime.outages.set('one', 'gone again');
    told.push(await nextPass(loop));
    expect(told).toEqual([
      ['runtime_unavailable one: gone'],
      ['runtime_restored one: one answers again'],
      ['runtime_unavailable one: gone again'],
    ]);
  });

  it('still lets those end whose program is proven gone', async () => {
    const loop = watchLoop([on('one', 'a'), on('one', 'b')]);
    await begin(loop);
    loop.runtime.outages.set('one', 'gone');
    loop.runtime.die('a');
    expect(await nextPass(loop)).toEqual([
      'runtime_unavailable one: gone',
      'status_changed a: working to killed by lifecycle',
      'terminated a: runtime_gone',
    ]);
    expect(await nextPass(loop)).toEqual([]);
  });

  it('is none where all programs of the server are proven gone', async () => {
    const loop = watchLoop([on('one', 'a'), on('one', 'b')]);
    await begin(loop);
    loop.runtime.outages.set('one', 'gone');
    for (const id of ['a', 'b']) loop.runtime.die(id, { code: 0, signal: null });
    expect(await nextPass(loop)).toEqual([
      'status_changed a: working to done by lifecycle',
      'terminated a: runtime_gone',
      'status_changed b: working to done by lifecycle',
      'terminated b: runtime_gone',
    ]);
  });

  it('is forgotten when no live record names its server any more', async () => {
    const loop = watchLoop([on('one', 'a')]);
    await begin(loop);
    loop.runtime.outages.set('one', 'gone');
    const told = [await nextPass(loop)];
    loop.store.edit('shop/a', { status: 'killed' });
    told.push(await nextPass(loop));
    loop.store.put(on('one', 'b'));
    told.push(await nextPass(loop));
    expect(told).toEqual([
      ['runtime_unavailable one: gone'],
      ['status_changed a: working to killed by external', 'terminated a: external'],
      ['spawned b: working', 'runtime_unavailable one: gone'],
    ]);
  });

  it('is remembered while a live record names its server, though that session’s probe is still out', async () => {
    const loop = watchLoop([on('one', 'a')], { probeTimeoutMs: 15_000 });
    loop.runtime.outages.set('one', 'gone');
    await begin(loop);
    loop.runtime.delays.set('one', never);
    const told = [await nextPass(loop), await nextPass(loop)];
    loop.runtime.delays.clear();
    told.push(await nextPass(loop), await nextPass(loop));
    expect(told).toEqual([[], [], [], []]);
  });

  it.each<[string, (loop: WatchedLoop) => void, string]>([
    [
      'throws',
      ({ runtime }) => runtime.delays.set('one', () => Promise.reject(new Error('EMFILE'))),
      'EMFILE',
    ],
    ['hangs', ({ runtime }) => runtime.delays.set('one', never), 'one did not answer within 5000 ms'],
  ])('is what a runtime has that %s: told once, and the others go on', async (_title, harm, message) => {
    const loop = watchLoop([on('one', 'a'), on('one', 'b'), on('two', 'c')]);
    harm(loop);
    loop.agent.does('c', 'active');
    expect(await begin(loop)).toContain('activity_changed c: unknown to active');
    await loop.time.advance(5_000);
    const said = loop.events.filter(({ type }) => type === 'runtime_unavailable' || type === 'tick_error');
    expect(said).toMatchObject([{ type: 'runtime_unavailable', runtime: 'fake', server: 'one', message }]);
    loop.news();
    expect([await nextPass(loop), await nextPass(loop)]).toEqual([[], []]);
    loop.runtime.delays.clear();
    await loop.time.advance(5_000);
    expect(await nextPass(loop)).toEqual(['runtime_restored one: one answers again']);
  });

  it('aborts the look that hangs', async () => {
    const loop = watchLoop([on('one', 'a')]);
    loop.runtime.delays.set('one', never);
    await begin(loop);
    const [look] = loop.runtime.looks;
    await loop.time.advance(4_999);
    expect(look?.signal.aborted).toBe(false);
    await loop.time.advance(1);
    expect(look?.signal.aborted).toBe(true);
  });

  it('stops nothing where the view of it is broken', async () => {
    const loop = watchLoop([on('one', 'a'), on('two', 'b')]);
    loop.runtime.outages.set('one', 'gone');
    loop.runtime.break('a');
    loop.agent.does('b', 'active');
    expect(await begin(loop)).toContain('activity_changed b: unknown to active');
    expect(loop.events).toContainEqual(
      expect.objectContaining({ type: 'runtime_unavailable', server: 'one' }),
    );
    loop.agent.does('b', 'ready');
    expect(await nextPass(loop)).toEqual(['activity_changed b: active to ready']);
  });
});

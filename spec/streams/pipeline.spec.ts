import { deferred } from '../../fixtures/fakes/deferred.js';
import { begin, fakeSession, later, nextPass, watchLoop } from './watch-loop.js';

describe('a pass', () => {
  it('tells nothing of a home without sessions, again and again', async () => {
    const loop = watchLoop([]);
    expect([await begin(loop), await nextPass(loop)]).toEqual([[], []]);
    expect(loop.store.listings).toBe(2);
  });

  it('tells of each change of each session, in a fixed order within a session', async () => {
    const loop = watchLoop([fakeSession('a', { status: 'spawning' }), fakeSession('b'), fakeSession('c')]);
    loop.agent.does('a', 'active');
    loop.agent.does('b', 'waiting_input');
    loop.runtime.die('c', { code: 3, signal: null });
    const told = [...(await begin(loop)), ...(await later(loop))];
    const about = (id: string): string[] => told.filter((text) => text.split(/[ :]+/)[1] === id);
    expect(about('a')).toEqual([
      'session_restored a: spawning',
      'activity_changed a: unknown to active',
      'status_changed a: spawning to working by lifecycle',
    ]);
    expect(about('b')).toEqual([
      'session_restored b: working',
      'activity_changed b: unknown to waiting_input',
      'status_changed b: working to needs_input by lifecycle',
    ]);
    expect(about('c')).toEqual([
      'session_restored c: working',
      'status_changed c: working to errored by lifecycle',
      'terminated c: runtime_gone',
    ]);
    expect(loop.store.at('shop/c')).toMatchObject({ status: 'errored', writtenBy: 'lifecycle', rev: 2 });
  });

  it('numbers all events one after the other', async () => {
    const loop = watchLoop(['a', 'b', 'c'].map((id) => fakeSession(id)));
    for (const id of ['a', 'b', 'c']) loop.agent.does(id, 'active');
    await begin(loop);
    loop.runtime.die('b');
    await nextPass(loop);
    expect(loop.events.map(({ seq }) => seq)).toEqual(Array.from(loop.events, (_event, index) => index + 1));
    expect(new Set(loop.events.map(({ epoch }) => epoch)).size).toBe(1);
    expect(loop.events).toHaveLength(8);
  });

  it('tells a state once only, and writes nothing while nothing changes', async () => {
    const loop = watchLoop([fakeSession('a')]);
    loop.agent.does('a', 'ready');
    await begin(loop);
    const saves = loop.store.saves.length;
    expect([await nextPass(loop), await nextPass(loop)]).toEqual([[], []]);
    expect(loop.store.saves).toHaveLength(saves);
  });

  it('asks each server once, about all of its sessions, after the records were read', async () => {
    const on = (id: string, server: string): ReturnType<typeof fakeSession> =>
      fakeSession(id, { handle: { type: 'fake', name: id, server } });
    const loop = watchLoop([on('a', 'one'), on('b', 'two'), on('c', 'one')]);
    const listing = deferred<undefined>();
    loop.store.beforeList = () => listing.promise;
    await begin(loop);
    expect(loop.runtime.looks).toEqual([]);
    listing.resolve(undefined);
    await loop.time.advance(0);
    expect(loop.runtime.looks.map(({ server, names }) => [server, names])).toEqual([
      ['one', ['a', 'c']],
      ['two', ['b']],
    ]);
  });

  it('never asks about a session that has ended', async () => {
    const loop = watchLoop([fakeSession('a', { status: 'done' })]);
    await begin(loop);
    expect([loop.runtime.looks.length, loop.agent.questions.length]).toEqual([0, 0]);
  });

  it('has the agents forget a session once it has ended, or is gone', async () => {
    const loop = watchLoop([fakeSession('a'), fakeSession('b'), fakeSession('c')]);
    await begin(loop);
    loop.runtime.die('a');
    loop.store.delete('shop/b');
    await nextPass(loop);
    await nextPass(loop);
    await nextPass(loop);
    expect(loop.agent.forgotten.toSorted()).toEqual(['shop/a', 'shop/b']);
  });

  it('marks a session stuck once it has been idle for longer than the threshold', async () => {
    const loop = watchLoop([fakeSession('a')], { stuckAfterMs: 15_000 });
    loop.agent.does('a', 'idle');
    await begin(loop);
    expect([await nextPass(loop), await nextPass(loop), await nextPass(loop)]).toEqual([
      [],
      ['status_changed a: working to stuck by lifecycle'],
      [],
    ]);
  });
});

describe('what fails', () => {
  it('is told once for a listing, until it changes or clears', async () => {
    const loop = watchLoop([fakeSession('a')]);
    const fail = (message: string): void => {
      loop.store.beforeList = () => Promise.reject(new Error(message));
    };
    const told = [await begin(loop)];
    fail('EACCES');
    told.push(await nextPass(loop), await nextPass(loop));
    fail('EMFILE');
    told.push(await nextPass(loop));
    loop.store.beforeList = async () => undefined;
    told.push(await nextPass(loop));
    fail('EMFILE');
    told.push(await nextPass(loop));
    expect(told).toEqual([
      ['session_restored a: working'],
      ['tick_error: snapshot: EACCES'],
      [],
      ['tick_error: snapshot: EMFILE'],
      [],
      ['tick_error: snapshot: EMFILE'],
    ]);
  });

  it('is told once for a probe, and touches no other session', async () => {
    const loop = watchLoop([fakeSession('a'), fakeSession('b'), fakeSession('c'), fakeSession('d')]);
    loop.agent.answers('a', () => Promise.reject(new Error('no transcript')));
    loop.runtime.hide('b');
    loop.runtime.break('c');
    loop.agent.does('d', 'active');
    const first = await begin(loop);
    expect(first.slice(4).sort()).toEqual([
      'activity_changed d: unknown to active',
      'tick_error a: probe: no transcript',
      "tick_error b: probe: b can't be seen",
      'tick_error c: probe: c is beyond me',
    ]);
    expect(await nextPass(loop)).toEqual([]);
    loop.agent.does('a', 'ready');
    loop.runtime.show('b');
    loop.runtime.show('c');
    expect(await nextPass(loop)).toEqual(['activity_changed a: unknown to ready']);
    loop.runtime.hide('b');
    expect(await nextPass(loop)).toEqual(["tick_error b: probe: b can't be seen"]);
    expect(['a', 'b', 'c', 'd'].map((id) => loop.store.at(`shop/${id}`).status)).toEqual(
      Array(4).fill('working'),
    );
  });

  it('leaves the disk as it was and tells nothing when a save fails, and tells it once when it succeeds', async () => {
    const loop = watchLoop([fakeSession('a'), fakeSession('b')]);
    await begin(loop);
    loop.runtime.die('a', { code: 0, signal: null });
    loop.agent.does('b', 'active');
    loop.store.beforeSave = async ({ id }) => {
      if (id === 'a') throw new Error('ENOSPC');
    };
    const told = [...(await nextPass(loop)), ...(await later(loop))];
    expect(told.sort()).toEqual(['activity_changed b: unknown to active', 'tick_error a: save: ENOSPC']);
    expect(loop.store.at('shop/a')).toMatchObject({ status: 'working', rev: 1 });
    expect(await nextPass(loop)).toEqual([]);
    loop.store.beforeSave = async () => undefined;
    expect(await nextPass(loop)).toEqual([
      'status_changed a: working to done by lifecycle',
      'terminated a: runtime_gone',
    ]);
    expect(await nextPass(loop)).toEqual([]);
  });

  it('is never taken for a death: who is not known here stays as it is', async () => {
    const loop = watchLoop([
      fakeSession('a', { runtime: 'elsewhere' }),
      fakeSession('b', { agent: 'nobody' }),
      fakeSession('c', { runtime: 'toString' }),
    ]);
    expect((await begin(loop)).slice(3).sort()).toEqual([
      'tick_error a: probe: no runtime is called "elsewhere" here',
      'tick_error b: probe: no agent is called "nobody" here',
      'tick_error c: probe: no runtime is called "toString" here',
    ]);
    expect(await nextPass(loop)).toEqual([]);
    expect(loop.store.saves).toEqual([]);
  });
});

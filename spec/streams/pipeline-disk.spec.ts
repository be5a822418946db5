import type { UnreadableFile } from '../../src/session/snapshot.js';
import { begin, fakeSession, nextPass, watchLoop } from './watch-loop.js';

describe('what the disk says', () => {
  it('tells the first time of what was there, what has ended counts as told', async () => {
    const loop = watchLoop([
      fakeSession('old'),
      fakeSession('new', { createdAt: '2026-01-01T12:00:00.001Z' }),
      fakeSession('ended', { status: 'killed' }),
    ]);
    expect(await begin(loop)).toEqual(['session_restored old: working', 'spawned new: working']);
  });

  it('tells later of what is new, and of what is new and has ended already', async () => {
    const loop = watchLoop([]);
    await begin(loop);
    loop.store.put(fakeSession('a'));
    loop.store.put(
      fakeSession('b', { status: 'done', exit: { reason: 'agent_exited', code: 0, signal: null, at: '' } }),
    );
    expect(await nextPass(loop)).toEqual([
      'spawned a: working',
      'spawned b: done',
      'terminated b: agent_exited',
    ]);
    expect(await nextPass(loop)).toEqual([]);
  });

  it('takes the first listing that succeeds for the first pass', async () => {
    const loop = watchLoop([fakeSession('a')]);
    loop.store.beforeList = () => Promise.reject(new Error('EMFILE'));
    expect(await begin(loop)).toEqual(['tick_error: snapshot: EMFILE']);
    loop.store.beforeList = async () => undefined;
    expect(await nextPass(loop)).toEqual(['session_restored a: working']);
  });

  it('tells of a record that is gone, and of one that is another by now', async () => {
    const loop = watchLoop([fakeSession('a'), fakeSession('b')]);
    await begin(loop);
    loop.store.delete('shop/a');
    loop.store.put(
      fakeSession('b', { createdAt: '2026-01-01T12:00:05.000Z', status: 'spawning', handle: null }),
    );
    expect(await nextPass(loop)).toEqual(['session_removed a', 'session_removed b', 'spawned b: spawning']);
    expect(await nextPass(loop)).toEqual([]);
  });

  it('does not take an unreadable record for a gone one, and tells of it once for each content', async () => {
    const loop = watchLoop([fakeSession('a')]);
    await begin(loop);
    const record = loop.store.at('shop/a');
    const bad = (fingerprint: string): UnreadableFile => ({
      path: '/home/sessions/shop/a.json',
      projectId: 'shop',
      id: 'a',
      message: 'not JSON',
      fingerprint,
    });
    loop.store.delete('shop/a');
    loop.store.unreadable = [bad('one')];
    const told = [await nextPass(loop), await nextPass(loop)];
    loop.store.unreadable = [bad('two')];
    told.push(await nextPass(loop));
    loop.store.unreadable = [];
    loop.store.put(record);
    told.push(await nextPass(loop));
    const unreadable = 'session_unreadable /home/sessions/shop/a.json';
    expect(told).toEqual([[unreadable], [], [unreadable], []]);
  });

  it('tells of what others wrote as theirs, and that a session ended once', async () => {
    const loop = watchLoop([fakeSession('a'), fakeSession('b'), fakeSession('c')]);
    await begin(loop);
    loop.store.edit('shop/a', { status: 'pr_open' });
    loop.store.edit('shop/b', { status: 'killed' });
    loop.store.edit('shop/c', {
      status: 'killed',
      exit: { reason: 'killed_by_user', code: null, signal: 'SIGTERM', at: '2026-01-01T12:00:00.000Z' },
    });
    expect(await nextPass(loop)).toEqual([
      'status_changed a: working to pr_open by external',
      'status_changed b: working to killed by external',
      'terminated b: external',
      'status_changed c: working to killed by external',
      'terminated c: killed_by_user',
    ]);
    loop.store.edit('shop/b', { status: 'cleanup' });
    expect(await nextPass(loop)).toEqual(['status_changed b: killed to cleanup by external']);
  });
});

describe('a record that changes under the loop', () => {
  it('is told with the other’s change before what the reading makes of it', async () => {
    const loop = watchLoop([fakeSession('a')]);
    await begin(loop);
    loop.agent.does('a', 'waiting_input');
    loop.store.beforeSave = async () => {
      loop.store.beforeSave = async () => undefined;
      loop.store.edit('shop/a', { status: 'pr_open' });
    };
    expect(await nextPass(loop)).toEqual([
      'status_changed a: working to pr_open by external',
      'activity_changed a: unknown to waiting_input',
      'status_changed a: pr_open to needs_input by lifecycle',
    ]);
    expect(await nextPass(loop)).toEqual([]);
  });

  it('is told to have ended once, by whoever wrote it first', async () => {
    const loop = watchLoop([fakeSession('a')]);
    await begin(loop);
    loop.runtime.die('a', { code: 0, signal: null });
    loop.store.beforeSave = async () => loop.store.edit('shop/a', { status: 'killed' });
    expect(await nextPass(loop)).toEqual([
      'status_changed a: working to killed by external',
      'terminated a: external',
    ]);
    expect(await nextPass(loop)).toEqual([]);
  });

  it('keeps a restarted session alive although the death of the one before was proven', async () => {
    const loop = watchLoop([fakeSession('a')]);
    await begin(loop);
    loop.runtime.die('a');
    loop.store.beforeSave = async () => {
      loop.store.beforeSave = async () => undefined;
      loop.store.edit('shop/a', { handle: { type: 'fake', name: 'again' } });
    };
    expect([await nextPass(loop), await nextPass(loop)]).toEqual([[], []]);
    expect(loop.store.at('shop/a').status).toBe('working');
  });

  it('is told to be gone by the next pass if it was removed', async () => {
    const loop = watchLoop([fakeSession('a')]);
    await begin(loop);
    loop.runtime.die('a');
    loop.store.beforeSave = async () => loop.store.delete('shop/a');
    expect([await nextPass(loop), await nextPass(loop)]).toEqual([[], ['session_removed a']]);
  });
});

import { once } from 'node:events';
import { WaitList, type Wish } from '../../cli/following/wait-list.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { makeSession } from '../../fixtures/sessions.js';
import type { EventBody } from '../../src/session/event.js';
import { readLines, Vitals, type Ended } from './vitals.js';

describe('wait', () => {
  const vitals = new Vitals();
  beforeAll(() => vitals.tmux.begin());
  afterAll(() => vitals.stop());
  const wait = (...args: string[]): Promise<Ended> => vitals.run(['wait', '--interval', '100ms', ...args]);

  it('ends when it is so, with the records on stdout', async () => {
    const go = vitals.tmux.directory.fresh('go');
    const until = `while ! [ -e '${go}' ]; do sleep 0.05; done`;
    await vitals.spawn('three', `${until}; exit 3`);
    await vitals.spawn('four', `${until}; exit 4`);
    const waiting = wait('three', 'default/four', '--until', 'done', '--until', 'errored');
    await waitFor(
      'the first pass',
      async () => (await vitals.sessions.get('default/four'))!.status === 'working',
    );
    await vitals.do('spawn', '--id', 'go', '--', 'touch', go);
    const { stdout, stderr, code } = await waiting;
    expect({ stderr, code }).toEqual({ stderr: 'waiting for default/three, default/four\n', code: 0 });
    expect(readLines(stdout)).toMatchObject([
      { id: 'three', status: 'errored', exit: { code: 3 } },
      { id: 'four', status: 'errored', exit: { code: 4 } },
    ]);
    expect(await wait('three', '--until', 'errored')).toMatchObject({ code: 0, stderr: '' });
  });

  it('looks itself: a record may say what is long over', async () => {
    const { handle } = await vitals.spawn('gone', 'exec sleep 1000');
    await vitals.do('wait', 'gone', '--until', 'working');
    await vitals.tmux.run('kill-session', '-t', String(handle!['sessionId']));
    expect(await wait('gone', '--until', 'working')).toMatchObject({
      ...{ code: 6, stdout: '', stderr: 'vitals: default/gone has ended: it is killed\n' },
    });
  });

  it('ends with 5 when the time is up', async () => {
    await vitals.spawn('slow', 'exec sleep 1000');
    expect(await wait('slow', '--until', 'done', '--timeout', '300ms')).toEqual({
      ...{ code: 5, signal: null, stdout: '' },
      stderr: 'waiting for default/slow\nvitals: the time is up: still waiting for default/slow\n',
    });
  });

  it('ends at any change, or with 6 where none can come', async () => {
    await vitals.spawn('asker', 'read -r line; printf "and now? \\a"; exec sleep 1000');
    await vitals.do('wait', 'asker', '--until', 'working', '--interval', '100ms');
    const waiting = vitals.start(['wait', '--interval', '100ms', 'asker', '--any-change']);
    const ended = once(waiting, 'exit');
    const [said] = (await once(waiting.stderr, 'data')) as [Buffer];
    expect(said.toString()).toBe('waiting for default/asker\n');
    await vitals.do('send', 'asker', 'go on');
    expect(await ended).toEqual([0, null]);
    await vitals.do('kill', 'asker');
    expect(await wait('asker', '--any-change')).toMatchObject({ code: 6 });
  });

  it('refuses what makes no sense, and knows no session that is not there', async () => {
    await vitals.spawn('there', 'exec sleep 1000');
    const ended = await Promise.all([
      ...[wait('there'), wait('there', '--until', 'bogus'), wait('there', '--until', 'done', '--any-change')],
      ...[wait('--until', 'done'), wait('nobody', '--until', 'done')],
    ]);
    expect(ended.map(({ code, stdout, stderr }) => [code, stdout, stderr.split('\n').length])).toEqual([
      ...[2, 2, 2, 2, 3].map((code) => [code, '', 2]),
    ]);
  });
});

describe('a list of who is waited for', () => {
  const KEY = 'shop/api-3';
  const about = { projectId: 'shop', sessionId: 'api-3' };
  const listOf = (wish: Wish): WaitList => {
    const list = new WaitList([KEY, 'shop/other'], wish);
    list.takeRecords([makeSession({ status: 'working', activity: 'active' }), makeSession({ id: 'other' })]);
    return list;
  };
  const tell = (list: WaitList, body: EventBody): WaitList => {
    list.takeEvent({ ...body, seq: 1, epoch: 'e', time: '2026-01-01T00:00:00.000Z' });
    return list;
  };
  const changed = (to: 'needs_input' | 'done' | 'working'): EventBody => ({
    ...{ type: 'status_changed', ...about, from: 'working', to, by: 'lifecycle' },
  });

  it('waits for all of them', () => {
    const list = tell(listOf({ type: 'status', statuses: ['needs_input'] }), changed('needs_input'));
    expect([list.pending, list.hopeless]).toEqual([['shop/other'], null]);
  });

  it('gives up when one has ended another way, or is removed', () => {
    const wish: Wish = { type: 'status', statuses: ['needs_input'] };
    expect(tell(listOf(wish), changed('done')).hopeless).toBe('shop/api-3 has ended: it is done');
    expect(tell(listOf(wish), { type: 'session_removed', ...about }).hopeless).toBe('shop/api-3 was removed');
    const lagged = listOf(wish);
    lagged.takeRecords([makeSession({ status: 'working' })]);
    expect(lagged.hopeless).toBe('shop/other was removed');
  });

  it('takes no event for a change that the first look had seen already', () => {
    const list = listOf({ type: 'any_change' });
    expect(tell(list, changed('working')).pending).toHaveLength(2);
    const activity: EventBody = { type: 'activity_changed', ...about, prev: null, next: 'active' };
    expect(tell(list, activity).pending).toHaveLength(2);
    expect(tell(list, { ...activity, next: 'ready' }).pending).toEqual(['shop/other']);
    expect(tell(listOf({ type: 'any_change' }), changed('done'))).toMatchObject({ hopeless: null });
  });
});

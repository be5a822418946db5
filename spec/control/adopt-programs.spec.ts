import { makeSession } from '../../fixtures/sessions.js';
import { adoptPrograms, type AdoptOptions } from '../../src/control/adopt-programs.js';
import { InvalidRequestError } from '../../src/control/invalid-request-error.js';
import { spawnSession } from '../../src/control/spawn-session.js';
import { RuntimeError } from '../../src/runtime/runtime-error.js';
import { InvalidIdError } from '../../src/store/errors.js';
import { ControlHome } from './control-home.js';

describe('adoptPrograms', () => {
  let home: ControlHome;
  const adopt = async (
    targets: AdoptOptions['targets'],
    more: Partial<AdoptOptions> = {},
  ): Promise<string[]> =>
    (await adoptPrograms(home.context, { targets, ...more })).map(
      ({ projectId, id }) => `${projectId}/${id}`,
    );

  beforeEach(async () => {
    home = new ControlHome();
    await home.tmux.begin();
  });
  afterEach(() => home.tmux.stop());

  it('records a program by its exact name, its pane or its session', async () => {
    const paneId = await home.tmux.newSession('one', 'sleep', '60');
    await home.tmux.newSession('two', 'sleep', '60');
    const third = await home.tmux.newSession('three', 'sleep', '60');
    const sessionId = await home.tmux.run('display-message', '-p', '-t', third, '#{session_id}');
    expect(await adopt([paneId, 'two', sessionId])).toEqual(['default/one', 'default/two', 'default/three']);
    expect(await home.sessions.get('default/one')).toMatchObject({
      ...{ status: 'spawning', agent: 'screen', runtime: 'tmux', command: ['sleep'], writtenBy: 'adopt' },
      ...{ workspacePath: process.cwd(), handle: { paneId, exitFile: null } },
    });
  });

  it('never takes a prefix, a pattern or tmux’s own shorthand for a name', async () => {
    await home.tmux.newSession('int-12', 'sleep', '60');
    for (const target of ['int-1', 'int*', '=int-1', '=', 'int-12:', '']) {
      await expect(adopt([target])).rejects.toThrow(RuntimeError);
      await expect(adopt([target])).rejects.toThrow(`called exactly ${JSON.stringify(target)}`);
    }
    expect(await home.keys()).toEqual([]);
  });

  it('takes tmux’s own way to say that a name is exact', async () => {
    await home.tmux.newSession('one', 'sleep', '60');
    await home.tmux.newSession('two', 'sleep', '60');
    expect(await adopt(['=one', '=two:0.0'])).toEqual(['default/one', 'default/two']);
  });

  it('takes an id for an id, though a session is called like it, which = still reaches', async () => {
    const { tmux } = home;
    const paneId = await tmux.newSession('one', 'sleep', '60');
    const sessionId = await tmux.run('display-message', '-p', '-t', paneId, '#{session_id}');
    // The server lists sessions by name: these stand before the one that is meant.
    await tmux.newSession(paneId, 'sleep', '61');
    await tmux.newSession(sessionId, 'sleep', '62');
    expect(await adopt([paneId, sessionId])).toEqual(['default/one', 'default/one']);
    const [pane, session] = await adopt([`=${paneId}`, `=${sessionId}`]);
    expect(await home.sessions.get(pane!)).not.toMatchObject({ handle: { paneId } });
    expect(await home.sessions.get(session!)).not.toMatchObject({ handle: { sessionId } });
  });

  it('records none when one of the names is unknown', async () => {
    await home.tmux.newSession('one', 'sleep', '60');
    await expect(adopt(['one', 'two'])).rejects.toThrow('"two"');
    expect(await home.keys()).toEqual([]);
  });

  it('records all that run, but for sessions of its own kind', async () => {
    const pane = await home.tmux.newSession('one', 'sleep', '60');
    await home.tmux.run('split-window', '-d', '-t', pane, 'sleep', '60');
    expect(await adopt('all')).toEqual(['default/one-0-0', 'default/one-0-1']);
    expect(await home.keys()).toEqual(['default/one-0-0', 'default/one-0-1']);
  });

  it('makes one record of a program, however often it is adopted', async () => {
    const paneId = await home.tmux.newSession('one', 'sleep', '60');
    expect(await adopt(['one', paneId, 'one'])).toEqual(['default/one', 'default/one', 'default/one']);
    expect(await adopt('all')).toEqual(['default/one']);
    expect(await adopt(['one'], { projectId: 'shop' })).toEqual(['default/one']);
    expect(await home.keys()).toEqual(['default/one']);
    expect((await home.sessions.get('default/one'))!.rev).toBe(1);
  });

  it.each<[string, (paneId: string, tmux: ControlHome['tmux']) => Promise<unknown>]>([
    ['a session of its group', (_, tmux) => tmux.run('new-session', '-d', '-t', 'one', '-s', 'zz')],
    ['another session', (_, tmux) => tmux.run('link-window', '-d', '-s', 'one:0', '-t', 'two:7')],
    ['another session alone', (paneId, tmux) => tmux.run('join-pane', '-d', '-s', paneId, '-t', 'two:')],
  ])('knows a program again when %s shows it', async (_, move) => {
    const paneId = await home.tmux.newSession('one', 'sleep', '60');
    await home.tmux.newSession('two', 'sleep', '61');
    expect(await adopt('all')).toEqual(['default/one', 'default/two']);
    await move(paneId, home.tmux);
    expect((await adopt('all')).sort()).toEqual(['default/one', 'default/two']);
    expect(await adopt([paneId])).toEqual(['default/one']);
    expect(await home.keys()).toEqual(['default/one', 'default/two']);
  });

  it('finds the record of a program that was spawned', async () => {
    const { tmux, context } = home;
    await spawnSession(context, { id: 'api', command: ['sleep', '60'], workspacePath: tmux.directory.path });
    expect(await adopt('all')).toEqual(['default/api']);
    expect(await home.keys()).toEqual(['default/api']);
  });

  it('makes ids of names that are none, and keeps namesakes apart', async () => {
    for (const name of ['a b', 'ä/ö', '../../etc', 'a-b', '$x'])
      await home.tmux.newSession(name, 'sleep', '60');
    await home.save(makeSession({ id: 'etc', projectId: 'default' }));
    await home.put('default/x', '{"cut');
    const keys = await adopt('all');
    expect([...keys].sort()).toEqual([
      'default/a-b',
      'default/a-b-2',
      'default/etc-2',
      'default/session',
      'default/x-2',
    ]);
  });

  it('records a program anew once its session has ended', async () => {
    await home.tmux.newSession('one', 'sleep', '60');
    await adopt(['one']);
    const session = (await home.sessions.get('default/one'))!;
    await home.sessions.save({ ...session, status: 'killed' });
    expect(await adopt(['one'])).toEqual(['default/one-2']);
  });

  it('takes the project and the agent that it is told', async () => {
    await home.tmux.newSession('one', 'sleep', '60');
    expect(await adopt(['one'], { projectId: 'shop', agent: 'claude-code' })).toEqual(['shop/one']);
    expect((await home.sessions.get('shop/one'))!.agent).toBe('claude-code');
  });

  it('refuses an agent or a project that can not be, and records nothing', async () => {
    await home.tmux.newSession('one', 'sleep', '60');
    await expect(adopt('all', { agent: 'nobody' })).rejects.toThrow(InvalidRequestError);
    await expect(adopt('all', { projectId: '../x' })).rejects.toThrow(InvalidIdError);
    expect(await home.keys()).toEqual([]);
  });
});

describe('adoptPrograms without a tmux server', () => {
  const home = new ControlHome();
  afterAll(() => home.tmux.stop());

  it('finds nothing to adopt', async () => {
    expect(await adoptPrograms(home.context, { targets: 'all' })).toEqual([]);
    await expect(adoptPrograms(home.context, { targets: ['x'] })).rejects.toThrow('called exactly "x"');
  });
});

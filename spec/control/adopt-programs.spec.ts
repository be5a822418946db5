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
    for (const target of ['int-1', 'int*', '=int-12', 'int-12:', '']) {
      await expect(adopt([target])).rejects.toThrow(RuntimeError);
      await expect(adopt([target])).rejects.toThrow(`called exactly ${JSON.stringify(target)}`);
    }
    expect(await home.keys()).toEqual([]);
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

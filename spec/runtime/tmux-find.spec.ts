import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import type { FoundProgram } from '../../src/runtime/session-host.js';
import { TmuxRuntime } from '../../src/runtime/tmux.js';
import { livenessOf, programOf, untilDead } from './programs.js';

describe('what TmuxRuntime finds', () => {
  const tmux = new PrivateTmux();
  const runtime = new TmuxRuntime({ socketPath: tmux.socketPath });

  const find = async (paneId: string): Promise<FoundProgram | undefined> =>
    (await runtime.find()).find(({ targets }) => targets.includes(paneId));

  beforeAll(() => tmux.begin());
  afterAll(() => tmux.stop());

  it('passes over the sessions of its own kind', async () => {
    expect(await tmux.run('list-sessions', '-F', '#{session_name}')).toBe('_vitals-keeper');
    expect(await runtime.find()).toEqual([]);
  });

  it('is a program with its names, its command and its folder', async () => {
    const paneId = await tmux.newSession('my session', 'sleep', '60');
    const sessionId = await tmux.run('display-message', '-p', '-t', paneId, '#{session_id}');
    expect(await find(paneId)).toEqual({
      handle: expect.objectContaining({ type: 'tmux', paneId, sessionId, exitFile: null }) as object,
      name: 'my session',
      targets: [
        ...[paneId, sessionId, '=my session:0.0', '=my session'],
        ...['my session:0.0', 'my session'],
      ],
      command: ['sleep'],
      workspacePath: process.cwd(),
    });
  });

  it('is each pane of a session, under names that differ, and the active one under the session’s', async () => {
    const first = await tmux.newSession('split', 'sleep', '60');
    const second = await tmux.run('split-window', '-d', '-P', '-F', '#{pane_id}', '-t', first, 'sleep', '60');
    const third = await tmux.run('new-window', '-d', '-P', '-F', '#{pane_id}', '-t', 'split:', 'sleep', '60');
    const found = await Promise.all([first, second, third].map(find));
    expect(found.map((program) => program!.name)).toEqual(['split-0-0', 'split-0-1', 'split-1-0']);
    expect(found.map((program) => program!.targets.includes('split'))).toEqual([true, false, false]);
  });

  it('is a pane once, under the name of the oldest session that shows it, and reached by that of each', async () => {
    const paneId = await tmux.newSession('shown', 'sleep', '60');
    for (const name of ['mirror', 'zz mirror'])
      await tmux.run('new-session', '-d', '-t', 'shown', '-s', name);
    await tmux.run('link-window', '-d', '-s', paneId, '-t', '_vitals-keeper:7');
    const sessionId = await tmux.run('display-message', '-p', '-t', '=shown:', '#{session_id}');
    const programs = (await runtime.find()).filter(({ targets }) => targets.includes(paneId));
    expect(programs).toMatchObject([{ name: 'shown', handle: { sessionId } }]);
    expect(programs[0]!.targets).toEqual(expect.arrayContaining(['shown', 'mirror', 'zz mirror']));
    expect(programs[0]!.targets).not.toContain('_vitals-keeper');
  });

  it('is no program that has ended', async () => {
    const paneId = await tmux.newSession('ended', 'sh', '-c', 'read -r line');
    await tmux.run('set-option', '-t', paneId, 'remain-on-exit', 'on');
    const { handle } = (await find(paneId))!;
    await tmux.run('send-keys', '-t', paneId, 'Enter');
    await untilDead(runtime, handle);
    expect(await find(paneId)).toBeUndefined();
  });

  it('is what was started here too', async () => {
    const handle = await runtime.start(programOf(tmux.directory, ['sleep', '60']));
    const found = await find(String(handle['paneId']));
    expect(found!.handle).toEqual({ ...handle, exitFile: null });
  });

  it('dies without anyone knowing how', async () => {
    const paneId = await tmux.newSession('adopted', 'sh', '-c', 'read -r line; exit 3');
    const { handle } = (await find(paneId))!;
    expect((await livenessOf(runtime, handle)).state).toBe('alive');
    await tmux.run('send-keys', '-t', paneId, 'Enter');
    expect(await untilDead(runtime, handle)).toMatchObject({ exit: { code: null, signal: null } });
  });
});

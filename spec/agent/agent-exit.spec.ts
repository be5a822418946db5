import { chmodSync, copyFileSync, readFileSync } from 'node:fs';
import { isRunning } from '../../fixtures/processes/is-running.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { adoptPrograms } from '../../src/control/adopt-programs.js';
import { sendText } from '../../src/control/send-text.js';
import { spawnSession } from '../../src/control/spawn-session.js';
import { findBelow } from '../../src/process/find-below.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import type { Session } from '../../src/session/session.js';
import { LifecycleManager } from '../../streams/lifecycle-manager.js';
import { ControlHome } from '../control/control-home.js';

/** A program called like an agent, which recognises it by that. */
describe('an agent whose shell outlives it, on real tmux', () => {
  let home: ControlHome;
  let claude: string;
  let events: LifecycleEvent[];
  let manager: LifecycleManager;

  /** Another life of the loop: it knows what is on disk. */
  function startLoop(): void {
    manager = new LifecycleManager({ ...home.context, lease: 'none' });
    manager.event$.subscribe((event) => events.push(event));
  }
  const restart = async (): Promise<void> => {
    await manager.stop();
    startLoop();
  };
  const spawn = (line: string, id = 'api'): Promise<Session> =>
    spawnSession(home.context, {
      ...{ id, command: ['sh', '-c', line, claude], workspacePath: home.tmux.directory.path },
    });
  const recordOf = async (id = 'api'): Promise<Session> => (await home.sessions.get(`default/${id}`))!;
  const tickUntil = (what: string, isSo: (session: Session) => boolean, id = 'api'): Promise<Session> =>
    waitFor(what, async () => {
      await manager.tick();
      const session = await recordOf(id);
      return isSo(session) && session;
    });
  const untilFound = (id?: string): Promise<Session> =>
    tickUntil('its agent', ({ agentProcess }) => Boolean(agentProcess), id);
  const kill = async ({ agentProcess }: Session): Promise<void> => {
    process.kill(agentProcess!.pid, 'SIGKILL');
    await waitFor('its end', () => !isRunning(agentProcess!.pid));
  };
  const reasons = (): string[] =>
    events.flatMap((event) => (event.type === 'terminated' ? [event.reason] : []));

  beforeEach(async () => {
    home = new ControlHome();
    await home.tmux.begin();
    claude = home.tmux.directory.file('claude');
    copyFileSync('/bin/sleep', claude);
    chmodSync(claude, 0o755);
    events = [];
    startLoop();
  });
  afterEach(async () => {
    await manager.stop();
    await home.tmux.stop();
  });

  it('is noticed where a person starts it by hand, and has exited in the first pass after its end', async () => {
    await spawn('read -r _; "$0" 600; exec sleep 600');
    await tickUntil('work', ({ status }) => status === 'working');
    expect(await recordOf()).toMatchObject({ agent: 'screen' });
    expect((await recordOf()).agentProcess).toBeUndefined();
    await home.context.runtimes['tmux']!.send((await recordOf()).handle!, 'go', { submit: true });
    const found = await untilFound();
    expect(found).toMatchObject({ agent: 'claude-code', status: 'working' });
    await kill(found);
    await manager.tick();
    expect(await recordOf()).toMatchObject({
      ...{ status: 'killed', activity: 'exited', exit: { reason: 'agent_exited', code: null, signal: null } },
      evidence: {
        source: 'process',
        detail: expect.stringContaining(`process ${found.agentProcess!.pid}`) as string,
      },
    });
    expect(reasons()).toEqual(['agent_exited']);
  });

  it('has exited although nobody watched while it ended', async () => {
    await spawn('"$0" 600; exec sleep 600');
    const found = await untilFound();
    await manager.stop();
    await kill(found);
    startLoop();
    await manager.tick();
    expect((await recordOf()).exit?.reason).toBe('agent_exited');
  });

  it('is noticed, and has exited, in an adopted pane', async () => {
    const paneId = await home.tmux.newSession('found', 'sh', '-c', '"$0" 600; exec sleep 600', claude);
    const rootPid = Number(await home.tmux.run('display-message', '-p', '-t', paneId, '#{pane_pid}'));
    await waitFor('the agent', () => findBelow(rootPid, ([name]) => name === claude || null));
    const [adopted] = await adoptPrograms(home.context, { targets: ['found'] });
    expect(adopted).toMatchObject({ agent: 'claude-code' });
    const found = await untilFound('found');
    expect(found).toMatchObject({ agent: 'claude-code' });
    await restart();
    await manager.tick();
    expect(await recordOf('found')).toMatchObject({ status: 'working' });
    await kill(found);
    await manager.tick();
    expect((await recordOf('found')).exit?.reason).toBe('agent_exited');
  });

  it('may come and go in a pane that was adopted as a plain shell, as often as it likes', async () => {
    const paneId = await home.tmux.newSession('plain', 'sh');
    await adoptPrograms(home.context, { targets: ['plain'] });
    await tickUntil('work', ({ status }) => status === 'working', 'plain');
    for (let time = 0; time < 2; time += 1) {
      await home.tmux.run('send-keys', '-t', paneId, `${claude} 600`, 'Enter');
      const found = await untilFound('plain');
      expect(found).toMatchObject({ agent: 'claude-code', agentProcess: { guestOf: 'screen' } });
      await kill(found);
      await restart();
      await manager.tick();
      expect(await recordOf('plain')).toMatchObject({
        ...{ agent: 'screen', agentProcess: null, status: 'working', exit: null },
        evidence: { source: 'process' },
      });
    }
    expect(reasons()).toEqual([]);
    const exits = events.filter(({ type }) => type === 'agent_exited');
    expect(exits).toMatchObject([
      { sessionId: 'plain', agent: 'claude-code', exit: { code: null, signal: null } },
      { sessionId: 'plain', agent: 'claude-code', exit: { code: null, signal: null } },
    ]);
    expect((await recordOf('plain')).leftAgent).toMatchObject({ agent: 'claude-code' });
    const refused = await sendText(home.context, await recordOf('plain'), { text: 'go on', submit: true });
    expect(refused).toMatchObject({ outcome: 'refused' });
  });

  it('ends with its own code where it is all that the session runs', async () => {
    copyFileSync('/bin/sh', claude);
    const { context, tmux } = home;
    await spawnSession(context, {
      ...{ id: 'api', command: [claude, '-c', 'read -r _; exit 3'], workspacePath: tmux.directory.path },
      agent: 'screen',
    });
    await tickUntil('work', ({ status }) => status === 'working');
    expect((await recordOf()).agentProcess).toBeUndefined();
    await context.runtimes['tmux']!.send((await recordOf()).handle!, 'go', { submit: true });
    await tickUntil('its end', ({ status }) => status === 'errored');
    expect((await recordOf()).exit).toMatchObject({ reason: 'runtime_gone', code: 3 });
  });

  it('is no agent’s end when a program of a plain shell ends', async () => {
    await spawn('sleep 0.1; exec sleep 600');
    await tickUntil('work', ({ status }) => status === 'working');
    const { handle } = await recordOf();
    const children = `/proc/${String(handle!['panePid'])}/task/${String(handle!['panePid'])}/children`;
    await waitFor('the last program', () => {
      const [child = ''] = readFileSync(children, 'latin1').split(' ');
      return readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('600');
    });
    await manager.tick();
    expect(await recordOf()).toMatchObject({ status: 'working', agent: 'screen' });
  });
});

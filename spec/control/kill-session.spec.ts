import { makeSession } from '../../fixtures/sessions.js';
import { isRunning } from '../../fixtures/processes/is-running.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { InvalidRequestError } from '../../src/control/invalid-request-error.js';
import { killSession } from '../../src/control/kill-session.js';
import { spawnSession } from '../../src/control/spawn-session.js';
import { adoptPrograms } from '../../src/control/adopt-programs.js';
import { NotEndedError } from '../../src/runtime/runtime-error.js';
import type { SessionHost } from '../../src/runtime/session-host.js';
import type { Session } from '../../src/session/session.js';
import { UnknownSessionError } from '../../src/store/errors.js';
import { ControlHome } from './control-home.js';

describe('killSession', () => {
  const home = new ControlHome();
  const { sessions, tmux, context } = home;

  async function spawn(id: string, script: string, runtime: string): Promise<Session> {
    const command = ['sh', '-c', script];
    const session = await spawnSession(context, {
      ...{ id, runtime, command, workspacePath: tmux.directory.path },
    });
    tmux.ends(pidOf(session));
    return session;
  }

  const pidOf = ({ handle }: Session): number => Number(handle!['panePid'] ?? handle!['pid']);

  beforeAll(() => tmux.begin());
  afterAll(() => tmux.stop());

  it.each(['tmux', 'process'])('records the end, ends the program and proves it, in %s', async (runtime) => {
    const spawned = await spawn(`plain-${runtime}`, 'exec sleep 60', runtime);
    const { type, session } = await killSession(context, `default/plain-${runtime}`);
    expect(type).toBe('killed');
    expect(session).toMatchObject({
      ...{ status: 'killed', writtenBy: 'kill', idleSince: null, handle: spawned.handle },
      exit: { reason: 'killed_by_user', code: null, signal: null, at: expect.stringMatching(/Z$/) as string },
    });
    expect(await sessions.get(`default/plain-${runtime}`)).toEqual(session);
    expect(isRunning(pidOf(spawned))).toBe(false);
  });

  it('uses force on what ignores SIGTERM, once its grace is over', async () => {
    const file = tmux.directory.fresh('ready');
    const spawned = await spawn(
      'stubborn',
      `trap '' TERM HUP; echo ready >${file}; while :; do sleep 1; done`,
      'tmux',
    );
    await waitFor('its trap', () => home.read(file));
    await killSession(context, 'default/stubborn', { graceMs: 50 });
    expect(isRunning(pidOf(spawned))).toBe(false);
  });

  it('writes the record before it ends the program', async () => {
    await spawn('order', 'exec sleep 60', 'tmux');
    const host = context.runtimes['tmux']!;
    const seen: unknown[] = [];
    const curious = {
      ...host,
      end: async (...args: Parameters<SessionHost['end']>) => {
        seen.push((await sessions.get('default/order'))?.status);
        await host.end(...args);
      },
    };
    await killSession({ ...context, runtimes: { tmux: curious } }, 'default/order');
    expect(seen).toEqual(['killed']);
  });

  it('says so when the session had ended before, and leaves its record alone', async () => {
    const ended = await home.save(
      makeSession({ id: 'ended', projectId: 'default', status: 'done', handle: null }),
    );
    expect(await killSession(context, 'default/ended')).toEqual({ type: 'ended_before', session: ended });
    expect(await sessions.get('default/ended')).toEqual(ended);
  });

  describe('of a session whose record has ended', () => {
    /** What is left when a kill is interrupted: the record says that it ended, and the program runs. */
    async function recordEnd(session: Session, change: Partial<Session> = {}): Promise<Session> {
      const fresh = (await sessions.get(`default/${session.id}`))!;
      return sessions.save({ ...fresh, status: 'killed', ...change }, { writtenBy: 'spec' });
    }

    it.each(['tmux', 'process'])('ends the program that still runs in %s', async (runtime) => {
      const spawned = await spawn(`left-${runtime}`, 'exec sleep 60', runtime);
      const recorded = await recordEnd(spawned);
      const key = `default/left-${runtime}` as const;
      expect(await killSession(context, key)).toEqual({ type: 'killed', session: recorded });
      expect(isRunning(pidOf(spawned))).toBe(false);
      expect(await killSession(context, key)).toEqual({ type: 'ended_before', session: recorded });
    });

    it('ends a program whose launcher is gone', async () => {
      const file = tmux.directory.fresh('pid');
      const spawned = await spawn('orphan', `echo $$ >${file}; exec sleep 60`, 'process');
      const pid = await waitFor('its pid', () => Number(home.read(file)));
      process.kill(pidOf(spawned), 'SIGKILL');
      await waitFor('the end of its launcher', () => !isRunning(pidOf(spawned)));
      await recordEnd(spawned);
      expect(await killSession(context, 'default/orphan')).toMatchObject({ type: 'killed' });
      expect(isRunning(pid)).toBe(false);
    });

    it('leaves alone what was started in its pane since', async () => {
      const spawned = await spawn('reused', 'exec sleep 60', 'tmux');
      const paneId = String(spawned.handle!['paneId']);
      await tmux.run('respawn-pane', '-k', '-t', paneId, 'sleep', '61');
      await waitFor('its end', () => !isRunning(pidOf(spawned)));
      const other = Number(await tmux.run('display-message', '-p', '-t', paneId, '#{pane_pid}'));
      await recordEnd(spawned);
      expect(await killSession(context, 'default/reused')).toMatchObject({ type: 'ended_before' });
      expect(isRunning(other)).toBe(true);
    });

    it('ends the program alone, where another one was started in its pane', async () => {
      const file = tmux.directory.fresh('ready');
      const script = `trap '' TERM HUP; echo ready >${file}; while :; do sleep 0.05; done`;
      const paneId = await tmux.newSession('outlived', 'sh', '-c', script);
      const [adopted] = await adoptPrograms(context, { targets: [paneId] });
      tmux.ends(pidOf(adopted!));
      await waitFor('its trap', () => home.read(file));
      await tmux.run('respawn-pane', '-k', '-t', paneId, 'sleep', '61');
      const other = Number(await tmux.run('display-message', '-p', '-t', paneId, '#{pane_pid}'));
      await recordEnd(adopted!);
      expect(await killSession(context, 'default/outlived', { graceMs: 50 })).toMatchObject({
        type: 'killed',
      });
      expect([pidOf(adopted!), other].map(isRunning)).toEqual([false, true]);
    });

    it('claims no end that it can not prove, and says why', async () => {
      const spawned = await spawn('hidden', 'exec sleep 60', 'tmux');
      // A pid alone, on a server that does not answer: it may be anybody's by now.
      const handle = { ...spawned.handle!, paneProcStart: null, socket: tmux.directory.file('nobody') };
      await recordEnd(spawned, { handle });
      const killing = killSession(context, 'default/hidden');
      await expect(killing).rejects.toThrow(NotEndedError);
      await expect(killing).rejects.toThrow(
        /^default\/hidden is recorded as killed, but nobody can tell whether its program has ended: process \d+ may be another one by now, and its server does not answer$/,
      );
      expect(isRunning(pidOf(spawned))).toBe(true);
    });

    it('leaves a person’s shell alone, whose agent has ended', async () => {
      await tmux.newSession('terminal', 'sh');
      const [adopted] = await adoptPrograms(context, { targets: ['terminal'] });
      const exit = {
        reason: 'agent_exited',
        code: null,
        signal: null,
        at: '2026-01-01T00:00:00.000Z',
      } as const;
      await recordEnd(adopted!, { exit });
      expect(await killSession(context, 'default/terminal')).toMatchObject({ type: 'ended_before' });
      expect(isRunning(pidOf(adopted!))).toBe(true);
    });
  });

  it('ends a session that never got a program', async () => {
    await home.save(makeSession({ id: 'unborn', projectId: 'default', status: 'spawning', handle: null }));
    expect(await killSession(context, 'default/unborn')).toMatchObject({
      type: 'killed',
      session: { status: 'killed', exit: { reason: 'killed_by_user' } },
    });
  });

  it('does not mind that the program is gone already', async () => {
    const spawned = await spawn('gone', ':', 'tmux');
    await waitFor('its end', () => !isRunning(pidOf(spawned)));
    expect(await killSession(context, 'default/gone')).toMatchObject({ type: 'killed' });
  });

  it('knows no session that has no record, and no runtime that is not there', async () => {
    await expect(killSession(context, 'default/nobody')).rejects.toThrow(UnknownSessionError);
    await home.save(makeSession({ id: 'odd', projectId: 'default', runtime: 'nowhere' }));
    await expect(killSession(context, 'default/odd')).rejects.toThrow(InvalidRequestError);
  });
});

import { makeSession } from '../../fixtures/sessions.js';
import { isRunning } from '../../fixtures/processes/is-running.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { InvalidRequestError } from '../../src/control/invalid-request-error.js';
import { killSession } from '../../src/control/kill-session.js';
import { spawnSession } from '../../src/control/spawn-session.js';
import type { SessionHost } from '../../src/runtime/session-host.js';
import type { Session } from '../../src/session/session.js';
import { UnknownSessionError } from '../../src/store/errors.js';
import { ControlHome } from './control-home.js';

describe('killSession', () => {
  const home = new ControlHome();
  const { sessions, tmux, context } = home;

  const spawn = (id: string, script: string, runtime: string): Promise<Session> =>
    spawnSession(context, { id, runtime, command: ['sh', '-c', script], workspacePath: tmux.directory.path });

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
      makeSession({ id: 'ended', projectId: 'default', status: 'done', runtime: 'tmux' }),
    );
    expect(await killSession(context, 'default/ended')).toEqual({ type: 'ended_before', session: ended });
    expect(await sessions.get('default/ended')).toEqual(ended);
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

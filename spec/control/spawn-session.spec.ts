import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isRunning } from '../../fixtures/processes/is-running.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import type { ControlContext } from '../../src/control/control-context.js';
import { InvalidRequestError } from '../../src/control/invalid-request-error.js';
import { killSession } from '../../src/control/kill-session.js';
import { spawnSession, type SpawnOptions } from '../../src/control/spawn-session.js';
import { readExitFile } from '../../src/runtime/exit-file.js';
import { ProgramGoneError, RuntimeError } from '../../src/runtime/runtime-error.js';
import type { SessionHost } from '../../src/runtime/session-host.js';
import { sessionKey } from '../../src/session/session-key.js';
import type { Session } from '../../src/session/session.js';
import { InvalidIdError, SessionConflictError } from '../../src/store/errors.js';
import { ControlHome } from './control-home.js';

describe('spawnSession', () => {
  const home = new ControlHome();
  const { sessions, tmux, context } = home;

  const spawn = (options: Partial<SpawnOptions>, within: ControlContext = context): Promise<Session> =>
    spawnSession(within, { command: ['sleep', '60'], workspacePath: tmux.directory.path, ...options });

  /** The same world, with a tmux runtime that does something before a program starts. */
  function withHost(change: (host: SessionHost) => Partial<SessionHost>): ControlContext {
    const host = context.runtimes['tmux']!;
    const { start, end } = { start: host.start.bind(host), end: host.end.bind(host) };
    return { ...context, runtimes: { tmux: { ...host, start, end, ...change(host) } } };
  }

  beforeAll(() => tmux.begin());
  afterAll(() => tmux.stop());

  it('records a program, starts it and returns the record as it is on disk', async () => {
    const session = await spawn({ id: 'api', projectId: 'shop', task: 'mend the login' });
    expect(session).toMatchObject({
      ...{ id: 'api', projectId: 'shop', status: 'spawning', agent: 'screen', runtime: 'tmux' },
      ...{ command: ['sleep', '60'], task: 'mend the login', workspacePath: tmux.directory.path },
      ...{ rev: 2, writtenBy: 'spawn', exit: null },
      handle: { type: 'tmux', exitFile: sessions.layout.exitFile('shop/api') },
    });
    expect(await sessions.get('shop/api')).toEqual(session);
    expect(isRunning(Number(session.handle!['panePid']))).toBe(true);
  });

  it('records it before it starts', async () => {
    let seen: Session | null = null;
    const curious = withHost((host) => ({
      start: async (program) => {
        seen = await sessions.get('default/first');
        return host.start(program);
      },
    }));
    await spawn({ id: 'first' }, curious);
    expect(seen).toMatchObject({ status: 'spawning', handle: null, rev: 1 });
  });

  it.each(['tmux', 'process'])('tells the program who it is, in %s', async (runtime) => {
    const file = tmux.directory.fresh('environment');
    const command = ['sh', '-c', 'printf "%s %s" "$VITALS_SESSION" "$VITALS_HOME" >"$0"', file];
    await spawn({ id: `env-${runtime}`, projectId: 'shop', runtime, command });
    expect(await waitFor('its report', () => home.read(file))).toBe(`shop/env-${runtime} ${sessions.home}`);
  });

  it('makes an id of the command’s name, and another one each time', async () => {
    const ids = [await spawn({}), await spawn({}), await spawn({ command: ['/bin/sleep', '60'] })].map(
      ({ id }) => id,
    );
    for (const id of ids) expect(id).toMatch(/^sleep-[a-z0-9]{4}$/);
    expect(new Set(ids).size).toBe(3);
  });

  it('never takes the place of a session, and starts nothing then', async () => {
    await spawn({ id: 'taken' });
    const before = await tmux.run('list-panes', '-a');
    await expect(spawn({ id: 'taken', command: ['sleep', '61'] })).rejects.toThrow(SessionConflictError);
    expect(await tmux.run('list-panes', '-a')).toBe(before);
    expect(await sessions.get('default/taken')).toMatchObject({ command: ['sleep', '60'], rev: 2 });
  });

  it('lets one of two that spawn the same session at once win', async () => {
    const both = await Promise.allSettled([spawn({ id: 'race' }), spawn({ id: 'race' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const names = await tmux.run('list-sessions', '-F', '#{session_name}');
    expect(names.split('\n').filter((name) => name === 'default/race')).toHaveLength(1);
  });

  it.each([
    ['a program that is not there', { command: ['no-such-program-anywhere'] }],
    ['a folder that is not there', { workspacePath: '/nowhere/at/all' }],
    ['a program that is not there', { command: ['no-such-program-anywhere'], runtime: 'process' }],
    ['a folder that is not there', { workspacePath: '/nowhere/at/all', runtime: 'process' }],
  ])('leaves no record for %s: %j', async (_, options) => {
    const before = await home.keys();
    await expect(spawn({ id: 'nothing', ...options })).rejects.toThrow(RuntimeError);
    expect(await home.keys()).toEqual(before);
  });

  it('leaves no record when tmux has a session of that name already', async () => {
    await tmux.newSession('default/known', 'sleep', '60');
    await expect(spawn({ id: 'known' })).rejects.toThrow('duplicate session');
    expect(await sessions.get('default/known')).toBeNull();
  });

  it.each([
    [
      { id: 'x', agent: 'nobody' },
      InvalidRequestError,
      'there is no agent "nobody": take one of claude-code, codex, ',
    ],
    [{ id: 'x', agent: '__proto__' }, InvalidRequestError, 'there is no agent "__proto__"'],
    [
      { id: 'x', runtime: 'nowhere' },
      InvalidRequestError,
      'there is no runtime "nowhere": take one of tmux, process',
    ],
    [{ id: 'x', runtime: 'toString' }, InvalidRequestError, 'there is no runtime "toString"'],
    [{ id: '../x' }, InvalidIdError, '"../x" is no id'],
    [{ id: '' }, InvalidIdError, '"" is no id'],
    [{ id: '-x' }, InvalidIdError, '"-x" is no id'],
    [{ id: 'x'.repeat(65) }, InvalidIdError, 'is no id'],
    [{ id: 'x', projectId: 'a/b' }, InvalidIdError, '"a/b" is no project id'],
  ])('refuses %j, and leaves no record', async (options, kind, message) => {
    const before = await home.keys();
    await expect(spawn(options)).rejects.toThrow(kind);
    await expect(spawn(options)).rejects.toThrow(message);
    expect(await home.keys()).toEqual(before);
  });

  it('forgets how an earlier program of that key ended', async () => {
    const exitFile = sessions.layout.exitFile('default/again');
    await mkdir(dirname(exitFile), { recursive: true });
    await writeFile(exitFile, '3\n');
    await spawn({ id: 'again' });
    expect(await readExitFile(exitFile)).toEqual({ code: null, signal: null });
  });

  it('recognises the agent by the command, and completes that', async () => {
    const claude = tmux.directory.file('claude');
    await writeFile(claude, '#!/bin/sh\nsleep 60\n', { mode: 0o755 });
    const session = await spawn({ id: 'agent', command: [claude, 'hello'] });
    expect(session).toMatchObject({
      agent: 'claude-code',
      command: [claude, '--session-id', session.agentSession, 'hello'],
    });
    const plain = await spawn({ id: 'no-agent', command: [claude, 'hello'], agent: 'screen' });
    expect(plain).toMatchObject({ agent: 'screen', agentSession: null, command: [claude, 'hello'] });
  });

  it('ends the program again when its session was killed while it started', async () => {
    let panePid = 0;
    const slow = withHost((host) => ({
      start: async (program) => {
        const handle = await host.start(program);
        panePid = Number(handle['panePid']);
        await killSession(context, 'default/hasty');
        return handle;
      },
    }));
    await expect(spawn({ id: 'hasty' }, slow)).rejects.toThrow(ProgramGoneError);
    expect(panePid).toBeGreaterThan(0);
    expect(isRunning(panePid)).toBe(false);
    expect(await sessions.get('default/hasty')).toMatchObject({ status: 'killed', handle: null });
  });

  it('keeps what others write into the record meanwhile', async () => {
    const busy = withHost((host) => ({
      start: async (program) => {
        const fresh = (await sessions.get('default/busy'))!;
        await sessions.save({ ...fresh, branch: 'feat/x', note: 'kept' });
        return host.start(program);
      },
    }));
    const session = await spawn({ id: 'busy' }, busy);
    expect(session).toMatchObject({ branch: 'feat/x', note: 'kept', handle: { type: 'tmux' } });
    expect(sessionKey(session)).toBe('default/busy');
  });
});

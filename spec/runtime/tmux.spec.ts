import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { isRunning } from '../../fixtures/processes/is-running.js';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { listDescendants } from '../../src/process/list-descendants.js';
import { InvalidHandleError, ProgramGoneError, RuntimeError } from '../../src/runtime/runtime-error.js';
import type { Program } from '../../src/runtime/session-host.js';
import { parseTmuxHandle, type TmuxHandle } from '../../src/runtime/tmux-handle.js';
import { TmuxRuntime } from '../../src/runtime/tmux.js';
import { livenessOf, observe, programOf, untilDead } from './programs.js';

describe('TmuxRuntime', () => {
  const tmux = new PrivateTmux();
  const { directory } = tmux;
  const runtime = new TmuxRuntime({
    socketPath: tmux.socketPath,
    clock: { now: () => Date.parse('2026-01-01T00:00:00.000Z') },
  });

  const start = async (command: string[], more: Partial<Program> = {}): Promise<TmuxHandle> =>
    parseTmuxHandle(await runtime.start(programOf(directory, command, more)));

  const shell = (script: string, ...args: string[]): Promise<TmuxHandle> =>
    start(['sh', '-c', script, ...args]);

  const screenOf = async (handle: TmuxHandle): Promise<string> =>
    (await observe(runtime, handle)).capture!(handle);

  const untilShown = (handle: TmuxHandle, text: string): Promise<string> =>
    waitFor(text, async () => {
      const screen = await screenOf(handle);
      return screen.includes(text) && screen;
    });

  let serverPid = 0;
  beforeAll(async () => {
    serverPid = await tmux.begin();
  });
  afterAll(() => tmux.stop());

  describe('a program', () => {
    it('is alive while its pane is there, by the evidence of tmux', async () => {
      const handle = await shell('exec sleep 60');
      expect(handle).toMatchObject({ socket: tmux.socketPath, serverPid });
      expect(await livenessOf(runtime, handle)).toEqual({
        state: 'alive',
        evidence: {
          source: 'tmux',
          detail: `pane ${handle.paneId} is there`,
          observedAt: '2026-01-01T00:00:00.000Z',
        },
      });
    });

    it.each([0, 3])('is dead with the exit code %i once it ended, though its pane is gone', async (code) => {
      const handle = await shell(`exit ${code}`);
      expect(await untilDead(runtime, handle)).toMatchObject({ exit: { code, signal: null } });
      await waitFor('the end of its pane', async () => {
        const { detail } = (await livenessOf(runtime, handle)).evidence;
        return detail === `the tmux server ${serverPid} has no pane ${handle.paneId}`;
      });
    });

    it('is dead by its signal when it was killed', async () => {
      const handle = await shell('echo $$ >"$0"; exec sleep 60', directory.file('pid'));
      const pid = await waitFor('its pid', () => Number(readIfThere(directory.file('pid'))));
      process.kill(pid, 'SIGKILL');
      expect(await untilDead(runtime, handle)).toMatchObject({ exit: { code: null, signal: 'SIGKILL' } });
    });

    it('keeps its exit code when it handles the Ctrl-C of its terminal', async () => {
      const handle = await shell(`trap 'exit 42' INT; echo ready; while :; do sleep 0.05; done`);
      await untilShown(handle, 'ready');
      await tmux.run('send-keys', '-t', handle.paneId, 'C-c');
      expect(await untilDead(runtime, handle)).toMatchObject({ exit: { code: 42, signal: null } });
    });

    it('gets its arguments, folder and environment as they were given', async () => {
      const file = directory.fresh('report');
      const report =
        'require("fs").writeFileSync(process.argv[1], JSON.stringify([process.argv.slice(2), process.cwd(), process.env.VITALS_SESSION]))';
      const args = [
        'a;',
        ';',
        '#(touch canary)',
        '#{pid}',
        '$(touch canary)',
        'a\nb',
        '-x',
        '',
        'ä🙂',
        "it's",
      ];
      const workspacePath = directory.fresh('#(touch canary) folder;');
      await mkdir(workspacePath);
      const env = { VITALS_SESSION: 'shop/#(touch canary);' };
      const handle = await start([process.execPath, '-e', report, '--', file, ...args], {
        workspacePath,
        env,
      });
      await untilDead(runtime, handle);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([args, workspacePath, env.VITALS_SESSION]);
      expect(readdirSync(workspacePath)).toEqual([]);
      expect(existsSync(directory.file('canary'))).toBe(false);
    });

    it('is found by whoever looks at tmux under its name', async () => {
      const handle = await start(['sleep', '60'], { name: 'shop/api-3' });
      const names = await tmux.run('display-message', '-p', '-t', handle.paneId, '#{session_name}');
      expect(names).toBe('shop/api-3');
      await expect(start(['sleep', '60'], { name: 'shop/api-3' })).rejects.toThrow('duplicate session');
    });

    it('shows its screen, its title and its bell', async () => {
      const handle = await shell(`printf '\\033]2;a title\\007go on? \\a'; exec sleep 60`);
      await untilShown(handle, 'go on?');
      const view = await observe(runtime, handle);
      expect(view.signs!(handle)).toEqual({
        title: 'a title',
        bell: true,
        lastOutputAt: expect.stringMatching(/\.000Z$/) as string,
      });
    });
  });

  describe('what can not be started', () => {
    it.each([
      [['no-such-program-anywhere'], {}, 'there is no program "no-such-program-anywhere" on PATH'],
      [['./nothing'], {}, 'there is no program "./nothing" there'],
      [['sleep', '60'], { workspacePath: '/nowhere/at/all' }, '/nowhere/at/all'],
      [['sleep', 'a\0b'], {}, 'NUL'],
    ])('is one clear error, and no pane: %j', async (command, more, message) => {
      const before = await tmux.run('list-panes', '-a');
      const starting = start(command, more);
      await expect(starting).rejects.toThrow(RuntimeError);
      await expect(starting).rejects.toThrow(message);
      expect(await tmux.run('list-panes', '-a')).toBe(before);
    });
  });

  describe('proof', () => {
    it('takes the end of a session for the death of its program, nobody knows how', async () => {
      const handle = await shell(`trap '' HUP; sleep 60; :`);
      const below = await waitFor('the program', () => {
        const pids = listDescendants(handle.panePid);
        return pids.length > 0 && pids;
      });
      for (const pid of [handle.panePid, ...below]) tmux.ends(pid);
      await tmux.run('kill-session', '-t', handle.sessionId);
      expect(await livenessOf(runtime, handle)).toMatchObject({
        state: 'dead',
        exit: { code: null, signal: null },
      });
    });

    it('knows int-1 from int-12', async () => {
      const one = await start(['sleep', '60'], { name: 'shop/int-1' });
      const twelve = await start(['sleep', '60'], { name: 'shop/int-12' });
      await tmux.run('kill-session', '-t', one.sessionId);
      await untilDead(runtime, one);
      expect((await livenessOf(runtime, twelve)).state).toBe('alive');
    });

    it('knows a program from the one that its pane was given later', async () => {
      const handle = await shell('exec sleep 60');
      await tmux.run('respawn-pane', '-k', '-t', handle.paneId, 'sleep', '60');
      expect(await untilDead(runtime, handle)).toMatchObject({ evidence: { source: 'process' } });
    });

    it('sees the death of a program whose pane tmux keeps', async () => {
      const paneId = await tmux.newSession('kept', 'sh', '-c', 'read -r line; exit 5');
      await tmux.run('set-option', '-t', paneId, 'remain-on-exit', 'on');
      const found = (await runtime.find()).find(({ targets }) => targets.includes(paneId))!;
      expect((await livenessOf(runtime, found.handle)).state).toBe('alive');
      await tmux.run('send-keys', '-t', paneId, 'Enter');
      await waitFor('its end', async () => {
        const { state, evidence } = await livenessOf(runtime, found.handle);
        return state === 'dead' && evidence.detail === `the program in pane ${paneId} has ended`;
      });
    });

    it('looks at any number of programs with one question, and answers for no other', async () => {
      const handles = await Promise.all(Array.from({ length: 5 }, () => shell('exec sleep 60')));
      await tmux.run('kill-session', '-t', handles[2]!.sessionId);
      const view = await observe(runtime, ...handles);
      expect(handles.map((handle) => view.liveness(handle).state)).toEqual([
        ...['alive', 'alive', 'dead', 'alive', 'alive'],
      ]);
      expect(() => view.liveness({ ...handles[0]!, paneId: '%999' })).toThrow(
        'this program was not looked at',
      );
    });

    it('lets no bad exit file spoil the look at the neighbours', async () => {
      const [good, ended] = [await shell('exec sleep 60'), await shell('exit 2')];
      await untilDead(runtime, ended);
      const bad = { ...ended, exitFile: 'a\0b' };
      const view = await observe(runtime, bad, good, ended);
      expect(() => view.liveness(bad)).toThrow(RuntimeError);
      expect([view.liveness(good).state, view.liveness(ended).exit]).toEqual([
        'alive',
        { code: 2, signal: null },
      ]);
    });

    it('stops looking when it is told to', async () => {
      const handle = await shell('exec sleep 60');
      const looking = runtime.observe([handle], { signal: AbortSignal.abort(new RangeError('enough')) });
      await expect(looking).rejects.toThrow(RangeError);
    });

    it.each([{ type: 'process' }, { type: 'tmux' }, { type: 'tmux', paneId: '=name' }])(
      'refuses the handle %j',
      (handle) => expect(() => runtime.serverOf(handle)).toThrow(InvalidHandleError),
    );
  });

  describe('send', () => {
    it.each([
      'plain',
      'a;',
      ';',
      '--help',
      '-x',
      '$(touch canary)',
      '#(touch canary)',
      '{}',
      "'",
      '~',
      'ä→🙂',
      '\\e',
      ' ',
    ])('types %j verbatim', async (text) => {
      const file = directory.fresh('typed');
      const handle = await shell('echo ready; IFS= read -r line; printf %s "$line" >"$0"', file);
      await untilShown(handle, 'ready');
      await runtime.send(handle, text, { submit: true });
      await untilDead(runtime, handle);
      expect(readFileSync(file, 'utf8')).toBe(text);
    });

    it('leaves Enter to a person where it is told so, and a long text whole', async () => {
      const file = directory.fresh('typed');
      const handle = await shell('stty raw -echo; echo ready; exec head -c 50003 >"$0"', file);
      await untilShown(handle, 'ready');
      const long = 'ab\ncd '.repeat(10_000).slice(0, 50_000);
      await runtime.send(handle, long, { submit: false });
      await runtime.send(handle, 'end', { submit: false });
      await untilDead(runtime, handle);
      expect(readFileSync(file, 'utf8')).toBe(`${long}end`);
    });

    it.each<[string, (handle: TmuxHandle) => Promise<unknown>]>([
      ['was moved to another session', ({ paneId }) => tmux.run('join-pane', '-d', '-s', paneId, '-t', 'b:')],
      ['two sessions show', ({ paneId }) => tmux.run('link-window', '-d', '-s', paneId, '-t', 'b:7')],
    ])('takes back the bell of a pane that %s', async (_, move) => {
      const file = directory.fresh('go');
      const handle = await shell(`until test -e ${file}; do sleep 0.01; done; printf '\\a'; exec cat`);
      await tmux.newSession('b', 'sleep', '60');
      try {
        await move(handle);
        await writeFile(file, '');
        const ringing = (): Promise<string> =>
          tmux.run(
            'list-panes',
            '-a',
            '-f',
            `#{==:#{pane_id},${handle.paneId}}`,
            '-F',
            '#{window_bell_flag}',
          );
        await waitFor('the bell', async () => /^[1\n]+$/.test(await ringing()));
        await runtime.send(handle, 'yes', { submit: true });
        expect(await ringing()).toMatch(/^[0\n]+$/);
      } finally {
        await tmux.run('kill-session', '-t', '=b');
      }
    });

    it('takes back the bell that asked for it', async () => {
      const handle = await shell(`printf '\\a'; exec cat`);
      const bell = async (): Promise<boolean> => (await observe(runtime, handle)).signs!(handle)!.bell;
      await waitFor('the bell', bell);
      await runtime.send(handle, 'yes', { submit: true });
      expect(await bell()).toBe(false);
    });

    it('says so when the pane is gone', async () => {
      const handle = await shell(':');
      await untilDead(runtime, handle);
      await expect(runtime.send(handle, 'x', { submit: true })).rejects.toThrow(ProgramGoneError);
    });
  });

  describe('end', () => {
    it('lets a program end in its own way, and proves that it and its children are gone', async () => {
      const file = directory.fresh('child');
      const handle = await shell(
        `trap 'exit 9' TERM; sleep 60 & echo $! >"$0"; echo ready; while :; do sleep 0.05; done`,
        file,
      );
      const child = await waitFor('its child', () => Number(readIfThere(file)));
      await runtime.end(handle, { graceMs: 5_000 });
      expect(await livenessOf(runtime, handle)).toMatchObject({
        state: 'dead',
        exit: { code: 9, signal: null },
      });
      expect([isRunning(handle.panePid), isRunning(child)]).toEqual([false, false]);
    });

    it('forces a program that ignores every polite signal, and its children', async () => {
      const file = directory.fresh('child');
      const handle = await shell(
        `trap '' TERM HUP INT; sh -c 'sleep 60; :' & echo $! >"$0"; while :; do sleep 60; done`,
        file,
      );
      const child = await waitFor('its child', () => Number(readIfThere(file)));
      await runtime.end(handle, { graceMs: 100 });
      expect(await livenessOf(runtime, handle)).toMatchObject({ state: 'dead' });
      await waitFor('the end of its child', () => !isRunning(child));
    });

    it('ends an adopted shell, which ignores SIGTERM, by closing its pane', async () => {
      const paneId = await tmux.newSession(
        'adopted-shell',
        'sh',
        '-c',
        `trap '' TERM; while :; do sleep 0.05; done`,
      );
      const { handle } = (await runtime.find()).find(({ targets }) => targets.includes(paneId))!;
      await runtime.end(handle, { graceMs: 100 });
      expect(await livenessOf(runtime, handle)).toMatchObject({
        state: 'dead',
        exit: { code: null, signal: null },
      });
    });

    it('has nothing to do for a program that ended, and leaves its neighbours alone', async () => {
      const [ended, other] = [await shell(':'), await shell('exec sleep 60')];
      await untilDead(runtime, ended);
      await runtime.end(ended, { graceMs: 0 });
      expect((await livenessOf(runtime, other)).state).toBe('alive');
    });
  });

  describe('the command that shows a program to a person', () => {
    async function withTmux<T>(value: string, action: () => Promise<T>): Promise<T> {
      const { TMUX } = process.env;
      try {
        process.env['TMUX'] = value;
        return await action();
      } finally {
        if (TMUX === undefined) delete process.env['TMUX'];
        else process.env['TMUX'] = TMUX;
      }
    }
    const targetOf = async (handle: TmuxHandle): Promise<string | undefined> =>
      (await runtime.attachCommand(handle)).at(-1);

    it('names its session by the id of tmux', async () => {
      const handle = await shell('exec sleep 60');
      const show = ['-u', '-S', tmux.socketPath, 'attach-session', '-t', handle.sessionId];
      const command = (): Promise<string[]> => runtime.attachCommand(handle);
      expect(await withTmux('/elsewhere/default,1,0', command)).toEqual([
        'env',
        '-u',
        'TMUX',
        'tmux',
        ...show,
      ]);
      expect(await withTmux(`${tmux.socketPath},1,0`, command)).toEqual([
        ...['tmux', '-u', '-S', tmux.socketPath, 'switch-client', '-t', handle.sessionId],
      ]);
    });

    it('names the session that shows it now, its own if that still does', async () => {
      const handle = await shell('exec sleep 60');
      const other = await tmux.newSession('other', 'sleep', '60');
      const otherId = await tmux.run('display-message', '-p', '-t', other, '#{session_id}');
      await tmux.run('link-window', '-d', '-s', handle.paneId, '-t', 'other:7');
      expect(await targetOf(handle)).toBe(handle.sessionId);
      await tmux.run('kill-session', '-t', handle.sessionId);
      expect(await targetOf(handle)).toBe(otherId);
    });

    it('is an error where its pane is gone, or holds another program by now', async () => {
      const [gone, reused] = [await shell('exec sleep 60'), await shell('exec sleep 60')];
      await tmux.run('kill-pane', '-t', gone.paneId);
      await tmux.run('respawn-pane', '-k', '-t', reused.paneId, 'sleep', '61');
      for (const handle of [gone, reused]) {
        await expect(runtime.attachCommand(handle)).rejects.toThrow(ProgramGoneError);
      }
    });
  });

  it('removes nothing and writes nothing but the exit file', async () => {
    const room = directory.fresh('room');
    await mkdir(room);
    await writeFile(`${room}/other`, 'kept');
    const handle = await start(['sh', '-c', 'exit 1'], { exitFile: `${room}/exit` });
    await untilDead(runtime, handle);
    expect(readdirSync(room).sort()).toEqual(['exit', 'other']);
  });
});

const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

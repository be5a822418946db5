import { existsSync, mkdirSync } from 'node:fs';

import { NoSocketError, UnexpectedReplyError } from '../src/index.js';
import { queryPanes } from '../src/query-panes.js';
import { paneFormats, readPane } from '../src/read-pane.js';
import type { TmuxTransport } from '../src/tmux-transport.js';
import { isRunning } from './fixtures/is-running.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { transports } from './fixtures/transports.js';
import { waitFor } from './fixtures/wait-for.js';

describe.each(transports)('by %s', (transport) => {
  let tmux: PrivateTmux;
  beforeEach(() => {
    tmux = new PrivateTmux({ transport });
  });
  afterEach(() => tmux.stop());

  describe('listing panes', () => {
    it('shows every pane of every session under its ids', async () => {
      const before = Math.floor(Date.now() / 1000);
      const one = await tmux.start('shop/one');
      const two = await tmux.start('shop/two');

      const { server, panes } = await tmux.server.listPanes();

      expect(server).toEqual(one.server);
      expect(server!.startTime).toBeGreaterThanOrEqual(before - 1);
      expect(panes).toHaveLength(2);
      for (const { sessionId, paneId, panePid } of [one, two]) {
        const pane = panes.find((candidate) => candidate.paneId === paneId);
        expect(pane).toMatchObject({
          ...{ sessionId, paneId, panePid, isDead: false, deadStatus: null, deadSignal: null },
          ...{ hasBell: false },
        });
        expect(pane!.lastOutputAt).toBeGreaterThanOrEqual(before - 1);
      }
    });

    it('tells how dead panes ended, and that empty ones have no program', async () => {
      const kept = await tmux.start('kept');
      await tmux.run('set-option', '-g', 'remain-on-exit', 'on');
      const failed = await tmux.start('failed', ['sh', '-c', 'exit 3']);
      const shot = await tmux.start('shot', ['sh', '-c', 'kill -9 $$']);
      await waitFor('both deaths', async () => {
        // tmux 3.3a sometimes overlooks the end of a child until the next one ends.
        await tmux.run('run-shell', 'true');
        const { panes } = await tmux.server.listPanes();
        const ended = panes.filter(
          ({ deadStatus, deadSignal }) => deadStatus !== null || deadSignal !== null,
        );
        return ended.length === 2;
      });
      await tmux.run('split-window', '-t', kept.paneId, '');

      expect(await tmux.findPane(kept)).toMatchObject({ isDead: false });
      expect(await tmux.findPane(failed)).toMatchObject({ isDead: true, deadStatus: 3, deadSignal: null });
      expect(await tmux.findPane(shot)).toMatchObject({ isDead: true, deadStatus: null, deadSignal: 9 });
      expect((await tmux.server.listPanes()).panes).toContainEqual(
        expect.objectContaining({ sessionId: kept.sessionId, isDead: true, panePid: 0 }),
      );
    });

    it('calls a pane dead whose program let go of the terminal and lives on', async () => {
      await tmux.start('kept');
      await tmux.run('set-option', '-g', 'remain-on-exit', 'on');
      const script = 'trap "" HUP; exec <&- >&- 2>&-; exec sleep 60';
      const pane = await tmux.start('free', ['sh', '-c', script]);
      try {
        const seen = await waitFor('the pane to die', async () => {
          const found = await tmux.findPane(pane);
          return found?.isDead ? found : null;
        });

        expect(seen).toMatchObject({ deadStatus: null, deadSignal: null });
        expect(isRunning(pane.panePid)).toBe(true);
      } finally {
        process.kill(pane.panePid, 'SIGKILL');
      }
    });

    it.each([
      'a:b|c\td',
      '$1 @1 %1 12 0   0 1',
      '[0123456789ab:$1]',
      '#{pid} #(true)',
      '漢字 ✋ é',
      "it's $HOME \\$x",
    ])('keeps the title %j as it is', async (title) => {
      const expected = title.replace('\t', '');
      const pane = await tmux.start('titled', [
        'sh',
        '-c',
        `printf '\\033]2;%s\\033\\\\' "$0"; exec cat`,
        title,
      ]);

      const seen = await waitFor('the title', async () => {
        const found = await tmux.findPane(pane);
        return found?.title === expected ? found : null;
      });

      expect(seen.title).toBe(expected);
    });

    it('takes a server without sessions for an empty one, and knows which it is', async () => {
      const { server, ...last } = await tmux.start('last');
      await tmux.run('set-option', '-s', 'exit-empty', 'off');
      await tmux.server.killPane({ server, ...last });

      expect(await tmux.server.listPanes()).toEqual({ server, panes: [] });
      expect(await tmux.server.describePanes()).toEqual({ server, panes: [] });
    });

    it('starts no server', async () => {
      await expect(tmux.server.listPanes()).rejects.toThrow(NoSocketError);
      expect(existsSync(tmux.socketPath)).toBe(false);

      const tmuxPath = tmux.writeShim('echo', 'echo "$@" >&2; exit 1');
      await expect(tmux.connect({ tmuxPath }).listPanes()).rejects.toThrow(`-u -N -S ${tmux.socketPath}`);
    });

    it('reads what is not ASCII in any locale', async () => {
      const pane = await tmux.start('titled', ['sh', '-c', "printf '\\033]2;é 漢\\033\\\\'; exec cat"]);
      await waitFor('the title', async () => (await tmux.findPane(pane))?.title === 'é 漢');

      const { panes } = await tmux.connect({ env: { ...tmux.env, LC_ALL: 'C' } }).listPanes();

      expect(panes.find(({ paneId }) => paneId === pane.paneId)?.title).toBe('é 漢');
    });

    it('is not confused by what hooks print', async () => {
      const pane = await tmux.start('hooked');
      await tmux.run('set-hook', '-g', 'after-list-panes', 'display-message -p "$9 @9 %9 1 0   0 1"');

      const { panes } = await tmux.server.listPanes();

      expect(panes.map(({ paneId }) => paneId)).toEqual([pane.paneId]);
    });
  });

  describe('describing panes', () => {
    it('adds names, places, commands and directories', async () => {
      const cwd = tmux.path('work');
      mkdirSync(cwd);
      const pane = await tmux.server.createSession({ name: 'a/b', command: ['env', 'cat'], cwd });
      await tmux.start('other');
      await waitFor('cat', async () => {
        const { panes } = await tmux.server.describePanes();
        return panes.find(({ paneId }) => paneId === pane.paneId)?.currentCommand === 'cat';
      });
      await tmux.run('split-window', '-d', '-t', pane.paneId, 'cat');

      const { server, panes } = await tmux.server.describePanes();

      expect(server).toEqual(pane.server);
      const inSession = panes.filter(({ sessionId }) => sessionId === pane.sessionId);
      expect(inSession).toHaveLength(2);
      expect(inSession[0]).toMatchObject({
        ...{ paneId: pane.paneId, windowId: pane.windowId, panePid: pane.panePid, sessionName: 'a/b' },
        currentCommand: 'cat',
        ...{ currentPath: cwd, windowIndex: 0, paneIndex: 0, isActive: true },
      });
      expect(inSession[1]).toMatchObject({ windowIndex: 0, paneIndex: 1, isActive: false });
    });

    it('reads a directory with newlines in its name', async () => {
      const cwd = tmux.path('new\nline\n$1 @1 %1');
      mkdirSync(cwd);
      const pane = await tmux.server.createSession({ name: 'odd', command: ['env', 'cat'], cwd });
      await tmux.start('other');

      const { panes } = await tmux.server.describePanes();

      expect(panes).toHaveLength(2);
      expect(panes.find(({ paneId }) => paneId === pane.paneId)?.currentPath).toBe(cwd);
    });
  });
});

it.each(['process', 'socket'] as const)('asks about a hundred sessions by one %s', async (transport) => {
  const tmux = new PrivateTmux({ transport });
  try {
    const { tmuxPath, readPids } = tmux.writeCountingShim();
    await tmux.start('first');
    const more = Array.from({ length: 99 }, (_, index) => {
      return [';', 'new-session', '-d', '-s', `more-${index}`, 'cat'];
    });
    await tmux.run(...more.flat().slice(1));

    const { panes } = await tmux.connect({ tmuxPath }).listPanes();

    expect(panes).toHaveLength(100);
    expect(readPids()).toHaveLength(1);
  } finally {
    await tmux.stop();
  }
});

describe('reading a reply', () => {
  const expand = (format: string, values: Record<string, string>): string =>
    format
      .replace(/#\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
      .replace(/#\{\?(\w+),([^,]*),([^}]*)\}/g, (_, name: string, yes: string, no: string) =>
        ['', '0'].includes(values[name] ?? '') ? no : yes,
      );
  const fill = (values: Record<string, string>): TmuxTransport => ({
    run: async (commands) => commands.map((command) => expand(command.at(-1)!, values)).join('\n'),
  });
  const pane = { session_id: '$1', pane_id: '%3', pane_pid: '4', pane_dead: '0' };
  const values = { ...pane, window_bell_flag: '0', pid: '7', start_time: '8', version: '3.3a' };
  const query = (changes: Record<string, string>) =>
    queryPanes(fill({ ...values, ...changes }), { formats: paneFormats, readPane });

  it('takes back the backslashes that tmux 3.4 writes before dollars', async () => {
    const title = String.raw`\$HOME \${x} \\$y \$5 a\b`;
    const older = await query({ pane_title: title });
    const odd = await query({ pane_title: title, version: '3.4' });

    expect(older.panes[0]?.title).toBe(title);
    expect(odd.panes[0]?.title).toBe(String.raw`$HOME ${'${x}'} \$y \$5 a\b`);
  });

  it('takes a field that this tmux does not know for unknown', async () => {
    const { panes } = await query({ pane_title: 'x' });

    expect(panes).toEqual([
      expect.objectContaining({ deadStatus: null, deadSignal: null, lastOutputAt: null, title: 'x' }),
    ]);
  });

  it('reads of a dead pane how it ended', async () => {
    const { panes } = await query({ pane_dead: '1', pane_dead_status: '3', pane_title: '' });

    expect(panes).toEqual([expect.objectContaining({ isDead: true, deadStatus: 3, deadSignal: null })]);
  });

  it.each([
    { session_id: 'x' },
    { pane_pid: '' },
    { window_bell_flag: '?' },
    { pid: '' },
    { start_time: 'soon' },
  ])('refuses to guess what %j means', async (changes) => {
    await expect(query({ pane_title: '', ...changes })).rejects.toThrow(UnexpectedReplyError);
  });
});

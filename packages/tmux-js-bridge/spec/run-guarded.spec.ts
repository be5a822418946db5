import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

import {
  InvalidArgumentError,
  NotFoundError,
  OtherServerError,
  type PaneTarget,
  type TmuxServer,
} from '../src/index.js';
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

  const calls: [string, (server: TmuxServer, target: PaneTarget) => Promise<unknown>][] = [
    ['pasteText', (server, target) => server.pasteText(target, 'text', { submit: true })],
    ['killPane', (server, target) => server.killPane(target)],
    ['capturePane', (server, target) => server.capturePane(target)],
    ['clearAlerts', (server, target) => server.clearAlerts(target)],
  ];

  it('touches nothing on a server that has restarted on the same socket', async () => {
    const old = await tmux.start('first');
    await tmux.run('kill-server');
    await waitFor('the old server to end', () => !isRunning(old.server.pid));
    const { pane, file } = await tmux.startRecorder('second');
    expect(pane.paneId).toBe(old.paneId);
    expect(pane.sessionId).toBe(old.sessionId);

    for (const [, call] of calls) {
      const error: unknown = await call(tmux.server, old).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(OtherServerError);
      const { pid, startTime } = pane.server;
      expect(error).toMatchObject({ actual: { pid, startTime }, expected: old.server });
    }

    await tmux.server.pasteText(pane, '.', { submit: false });
    expect(await waitFor('the text', () => readFileSync(file, 'utf8'))).toBe('.');
    expect((await tmux.findPane(pane))?.panePid).toBe(pane.panePid);
  });

  it('tells a server of the same process id but another start time apart', async () => {
    const pane = await tmux.start('a');
    const { pid, startTime } = pane.server;

    await expect(
      tmux.server.killPane({ ...pane, server: { pid, startTime: startTime - 1 } }),
    ).rejects.toThrow(OtherServerError);
    expect(isRunning(pane.panePid)).toBe(true);
  });

  it.each(calls)('%s says that a pane is gone', async (_, call) => {
    const kept = await tmux.start('kept');

    await expect(call(tmux.server, { server: kept.server, paneId: '%99' })).rejects.toThrow(NotFoundError);
    expect((await tmux.server.listPanes()).panes).toHaveLength(1);
  });

  it('ends one pane, and never one of a similar name', async () => {
    const longer = await tmux.start('foobar');
    const exact = await tmux.start('foo');

    await tmux.server.killPane(exact);
    await waitFor('foo to end', () => !isRunning(exact.panePid));
    await expect(tmux.server.killPane(exact)).rejects.toThrow(NotFoundError);

    const { panes } = await tmux.server.listPanes();
    expect(panes.map(({ paneId }) => paneId)).toEqual([longer.paneId]);
    expect(isRunning(longer.panePid)).toBe(true);
  });

  it('ends the last pane, and the server with it, without an error', async () => {
    const pane = await tmux.start('last');

    await tmux.server.killPane(pane);

    await waitFor('the server to end', () => !isRunning(pane.server.pid));
  });

  it.each(['foo', '', '5', '%', '%5 ', '%5\n', '=foo', '$1', '%5;kill-server', "%5'"])(
    'refuses the pane id %j',
    async (paneId) => {
      const pane = await tmux.start('foo');

      for (const [, call] of calls) {
        await expect(call(tmux.server, { ...pane, paneId })).rejects.toThrow(InvalidArgumentError);
      }
      expect((await tmux.findPane(pane))?.panePid).toBe(pane.panePid);
    },
  );

  it.each([
    { sessionId: 'foo' },
    { server: { pid: 0, startTime: 1 } },
    { server: { pid: 1, startTime: 1.5 } },
  ])('refuses the target %j', async (changes) => {
    const target = { server: { pid: 1, startTime: 1 }, paneId: '%0', ...changes };

    await expect(tmux.server.killPane(target)).rejects.toThrow(InvalidArgumentError);
  });

  it('touches nothing for a pane that is gone while somebody else is attached', async () => {
    const gone = await tmux.start('first');
    const watched = await tmux.start('second');
    const viewer = spawn(
      'tmux',
      ['-S', tmux.server.socketPath, '-C', 'attach-session', '-t', watched.sessionId],
      {
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    );
    try {
      await once(viewer.stdout, 'data');
      await tmux.server.killPane(gone);
      for (const [, call] of calls)
        await expect(call(tmux.server, gone)).rejects.toBeInstanceOf(NotFoundError);
      expect((await tmux.findPane(watched))?.panePid).toBe(watched.panePid);
      expect(await tmux.run('list-buffers')).toBe('');
    } finally {
      viewer.stdin.end();
      await once(viewer, 'exit');
    }
  });
});

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

import { compileBridge } from './fixtures/compiled-bridge.js';
import {
  connectControl,
  countDescriptors,
  listControlClients,
  listControlSessions,
  startNext,
  watchControl,
} from './fixtures/control-client.js';
import { isRunning } from './fixtures/is-running.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { waitFor } from './fixtures/wait-for.js';

let tmux: PrivateTmux;
beforeEach(() => {
  tmux = new PrivateTmux();
});
afterEach(() => tmux.stop());

it('changes no size, environment, option, hook or buffer of others', async () => {
  await tmux.start('a');
  await tmux.run('resize-window', '-t', '=a:', '-x', '133', '-y', '41');
  await tmux.run('set-option', '-ga', 'update-environment', 'CONTROL_CANARY');
  await tmux.run('set-environment', '-t', '=a:', 'CONTROL_CANARY', 'kept');
  const look = async () =>
    Promise.all([
      tmux.run('list-windows', '-t', '=a:', '-F', '#{window_width}x#{window_height} #{session_attached}'),
      tmux.run('show-environment', '-t', '=a:'),
      tmux.run('show-environment', '-g'),
      tmux.run('show-options', '-t', '=a:'),
      tmux.run('show-options', '-g'),
      tmux.run('show-options', '-s'),
      tmux.run('show-options', '-gw'),
      tmux.run('show-hooks', '-g'),
      tmux.run('list-buffers'),
      tmux.run('list-sessions', '-f', '#{==:#{session_name},a}'),
    ]);
  const before = await look();

  const { server } = await connectControl(tmux, {
    env: { ...tmux.env, CONTROL_CANARY: 'ours', TMUX: 'x,1,0' },
  });
  await server.listPanes();

  expect(await look()).toEqual(before);
  const [name = ''] = await listControlSessions(tmux);
  expect(await tmux.run('show-environment', '-t', `=${name}:`)).not.toContain('CONTROL_CANARY');
  await server.close();
  expect(await look()).toEqual(before);
});

it('hides no bell', async () => {
  const { server } = await tmux.start('kept').then(() => connectControl(tmux));
  try {
    const pane = await tmux.start('ringing', ['sh', '-c', 'printf "\\a"; exec cat']);
    await waitFor('the bell', async () => {
      const { panes } = await server.listPanes();
      return panes.find(({ paneId }) => paneId === pane.paneId)?.hasBell;
    });
  } finally {
    await server.close();
  }
});

it('starts no server, and attaches once somebody has', async () => {
  const control = watchControl(tmux);
  await expect(control.server.listPanes()).rejects.toHaveProperty('name', 'NoSocketError');
  expect(control.hints).toEqual([]);

  await startNext(tmux, 'a', control);
  await control.server.close();
});

it('lets a server end that nobody else uses', async () => {
  const { server, ...pane } = await tmux.start('last');
  const [one, two] = [await connectControl(tmux), await connectControl(tmux)];
  await tmux.server.killPane({ server, ...pane });

  await waitFor('the server to end', () => !isRunning(server.pid));
  await waitFor('the connections to end', () => one.count('disconnected') + two.count('disconnected') === 2);
  await expect(one.server.listPanes()).rejects.toHaveProperty(
    'name',
    expect.stringMatching(/^No(Server|Socket)Error$/),
  );

  await tmux.start('next');
  await one.server.listPanes();
  await waitFor('the new connection', () => one.count('connected') === 2);
  await Promise.all([one.server.close(), two.server.close()]);
});

it('leaves a server that stays up without sessions alone until it has some', async () => {
  const { server, ...pane } = await tmux.start('last');
  await tmux.run('set-option', '-s', 'exit-empty', 'off');
  const { tmuxPath, readPids } = tmux.writeCountingShim();
  const control = await connectControl(tmux, { tmuxPath });
  await tmux.server.killPane({ server, ...pane });
  await waitFor('the connection to end', () => control.count('disconnected') === 1);

  await waitFor('its session to end', async () => (await tmux.run('list-sessions')) === '');
  expect(await control.server.listPanes()).toEqual({ server, panes: [] });
  expect(readPids()).toHaveLength(2);

  await tmux.start('next');
  await waitFor('the connection', async () => {
    await control.server.listPanes();
    return control.count('connected') === 2;
  });
  await control.server.close();
});

it('does not hold up a server that shall end with its last client', async () => {
  await tmux.start('a');
  await tmux.run('set-option', '-s', 'exit-unattached', 'on');
  const { tmuxPath, readPids } = tmux.writeCountingShim();
  const control = watchControl(tmux, { tmuxPath });
  await waitFor('the attempt', () => readPids().length === 1 && !isRunning(readPids()[0]!));

  expect(control.hints).toEqual([]);
  await control.server.close();
});

it('takes refusals for an answer: an older tmux is asked by processes', async () => {
  await tmux.start('a');
  const old =
    'case "$*" in *new-session*) echo "%begin 1 1 0"; echo "unknown option -- f"; echo "%error 1 1 0"; exit 1;; esac';
  const shim = tmux.writeShim('old', `${old}; exec tmux "$@"`);
  const { server, hints } = watchControl(tmux, { tmuxPath: shim });

  for (let round = 0; round < 3; round += 1) expect((await server.listPanes()).panes).toHaveLength(1);
  expect(hints).toEqual([]);
  await server.close();
});

it('leaves nothing behind, a hundred times', async () => {
  await tmux.start('a');
  const before = countDescriptors();
  const { tmuxPath, readPids } = tmux.writeCountingShim();
  for (let round = 0; round < 100; round += 1) {
    const { server } = await connectControl(tmux, { tmuxPath });
    await server.listPanes();
    await server.close();
    expect(await listControlSessions(tmux)).toEqual([]);
  }

  expect(readPids()).toHaveLength(100);
  expect(readPids().filter(isRunning)).toEqual([]);
  expect(countDescriptors()).toBeLessThanOrEqual(before);
});

it('can be closed at any time, again and again', async () => {
  const { server: identity } = await tmux.start('a');
  const fresh = tmux.connect({ transport: 'control' });
  await fresh.close();
  await fresh.close();
  for (let round = 0; round < 40; round += 1) {
    const { server } = watchControl(tmux);
    const asking = server.listPanes();
    if (round % 2 === 0) await asking;
    await setTimeout(round / 10);
    await server.close();
    expect((await asking).server).toEqual(identity);
    expect(await server.listPanes()).toMatchObject({ server: identity, panes: [{}] });
  }

  expect(await listControlSessions(tmux)).toEqual([]);
});

it('harms no server, however it ends, while others ask it', async () => {
  const { server: identity } = await tmux.start('a');
  for (let round = 0; round < 30; round += 1) {
    const { server } = await connectControl(tmux);
    const [client = 0] = await listControlClients(tmux);
    const asking = Array.from({ length: 3 }, () => tmux.run('list-panes', '-a'));
    if (round % 2 === 0) process.kill(client, 'SIGKILL');
    await server.close();
    await Promise.all(asking);
  }

  expect((await tmux.server.listPanes()).server).toEqual(identity);
  await waitFor('the sessions to end', async () => (await listControlSessions(tmux)).length === 0);
});

describe('a program that never closes it', () => {
  async function run(rest: string): Promise<ChildProcessWithoutNullStreams> {
    const script = `
      import { TmuxServer } from ${JSON.stringify(compileBridge(tmux.directory))};
      const server = new TmuxServer({ socketPath: ${JSON.stringify(tmux.socketPath)}, transport: 'control' });
      const untilConnected = new Promise((resolve) => server.onHint(({ type }) => type === 'connected' && resolve()));
      const timer = setInterval(() => {}, 1000);
      await untilConnected;
      console.log('connected', (await server.listPanes()).panes.length);
      clearInterval(timer);
      ${rest}`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: tmux.env });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    expect(line.toString()).toBe('connected 1\n');
    return child;
  }

  it('ends nevertheless', async () => {
    await tmux.start('a');
    const child = await run('');
    const [code] = (await once(child, 'close')) as [number];

    expect(code).toBe(0);
    await waitFor('the session to end', async () => (await listControlSessions(tmux)).length === 0);
  });

  it('gets its answer before it ends', async () => {
    await tmux.start('a');
    const child = await run('for (let i = 0; i < 50; i++) await server.listPanes(); console.log("all");');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    await once(child, 'close');

    expect(line.toString()).toBe('all\n');
  });

  it('can be killed, and its session and client end with it', async () => {
    await tmux.start('a');
    const child = await run('setInterval(() => {}, 1000);');
    const clients = await listControlClients(tmux);
    expect(clients).toHaveLength(1);
    child.kill('SIGKILL');
    await once(child, 'close');

    await waitFor('the session to end', async () => (await listControlSessions(tmux)).length === 0);
    await waitFor('the client to end', () => !clients.some(isRunning));
  });
});

import { rmSync } from 'node:fs';

import {
  NoServerError,
  NoSocketError,
  TimedOutError,
  TmuxError,
  UnexpectedReplyError,
} from '../src/index.js';
import {
  connectControl,
  listControlClients,
  listControlSessions,
  startNext,
  type Controlled,
} from './fixtures/control-client.js';
import { isRunning } from './fixtures/is-running.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { waitFor } from './fixtures/wait-for.js';

let tmux: PrivateTmux;
let control: Controlled | undefined;
beforeEach(() => {
  tmux = new PrivateTmux();
});
afterEach(async () => {
  await control?.server.close();
  control = undefined;
  await tmux.stop();
});

const fail = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

it.each(['SIGKILL', 'kill-server'])('outlives its server (%s), and finds the next', async (how) => {
  const { server } = await tmux.start('a');
  control = await connectControl(tmux);
  const lost = control.untilHint('disconnected');
  process.kill(server.pid, 'SIGSTOP');
  const asking = fail(control.server.listPanes());
  if (how === 'SIGKILL') {
    process.kill(server.pid, 'SIGKILL');
  } else {
    const ending = tmux.run('kill-server');
    process.kill(server.pid, 'SIGCONT');
    await ending;
  }
  await lost;

  const error = await asking;
  if (how === 'SIGKILL') expect(error).toBeInstanceOf(NoServerError);
  else expect(error === null || error instanceof NoServerError).toBe(true);
  await waitFor('the server to end', () => !isRunning(server.pid));
  const gone = await fail(control.server.listPanes());
  expect(gone instanceof NoServerError || gone instanceof NoSocketError).toBe(true);

  const next = await startNext(tmux, 'b', control);
  const listing = await control.server.listPanes();
  expect(listing.server).toEqual(next.server);
  expect(listing.panes.map(({ panePid }) => panePid)).toEqual([next.panePid]);
});

it('tries to connect with one process at a time, once a second at most', async () => {
  const { server } = await tmux.start('a');
  const { tmuxPath, readPids } = tmux.writeCountingShim();
  control = await connectControl(tmux, { tmuxPath });
  process.kill(server.pid, 'SIGKILL');
  const startedAtMs = performance.now();
  await waitFor('some attempts', () => readPids().length >= 6);
  const tookMs = performance.now() - startedAtMs;

  expect(tookMs).toBeGreaterThan(700);
  expect(readPids().filter(isRunning).length).toBeLessThanOrEqual(1);
});

it('comes back when somebody ends its session', async () => {
  await tmux.start('a');
  control = await connectControl(tmux);
  const [before = ''] = await listControlSessions(tmux);
  const hints = [control.untilHint('disconnected'), control.untilHint('connected')];
  await tmux.run('kill-session', '-t', `=${before}`);
  await Promise.all(hints);

  const after = await listControlSessions(tmux);
  expect(after).toHaveLength(1);
  expect(after).not.toContain(before);
  expect((await control.server.listPanes()).panes).toHaveLength(1);
});

it('is not moved to a session that people look at', async () => {
  await tmux.start('a');
  await tmux.run('set-option', '-g', 'detach-on-destroy', 'off');
  control = await connectControl(tmux);
  const ended = [control.untilHint('disconnected'), control.untilHint('connected')];
  await tmux.run('kill-session', '-t', `=${(await listControlSessions(tmux))[0]}`);
  await Promise.all(ended);

  const moved = [control.untilHint('disconnected'), control.untilHint('connected')];
  const [name] = (await tmux.run('list-clients', '-F', '#{client_name}')).split('\n');
  await tmux.run('switch-client', '-c', name!, '-t', '=a:');
  await Promise.all(moved);

  await waitFor('the client to leave', async () => {
    return (await tmux.run('list-sessions', '-F', '#{session_name} #{session_attached}')).includes('a 0\n');
  });
  await waitFor('one session', async () => (await listControlSessions(tmux)).length === 1);
  expect((await control.server.listPanes()).panes).toHaveLength(1);
});

it('comes back when its client is killed, and answers what was asked meanwhile', async () => {
  await tmux.start('a');
  control = await connectControl(tmux);
  const [client = 0] = await listControlClients(tmux);
  const hints = [control.untilHint('disconnected'), control.untilHint('connected')];
  process.kill(client, 'SIGKILL');
  const answers = await Promise.all(Array.from({ length: 5 }, () => control!.server.listPanes()));
  await Promise.all(hints);

  for (const { panes } of answers) expect(panes).toHaveLength(1);
  await waitFor('the old session to end', async () => (await listControlSessions(tmux)).length === 1);
});

it('asks a process again for what changes nothing, and for nothing else', async () => {
  const { server, ...pane } = await tmux.start('a');
  const script = `case "$*" in
    *new-session*) mark=$(echo "$*" | sed "s/.*'\\([0-9a-f]*\\) .*/\\1/")
      printf '%%begin 1 1 0\\n%s ${server.pid} ${server.startTime} $9\\n%%end 1 1 0\\n%%session-changed $9 x\\n' "$mark"
      read line;;
    *) exec tmux "$@";;
  esac`;
  control = await connectControl(tmux, { tmuxPath: tmux.writeShim('forgetful', script) });

  expect((await control.server.listPanes()).panes).toHaveLength(1);
  await waitFor('the connection', () => control!.count('connected') === 2);
  const error = await fail(control.server.killPane({ server, ...pane }));
  expect(error).toBeInstanceOf(UnexpectedReplyError);
  expect(error).toMatchObject({
    message: expect.stringContaining('not known whether it was done') as string,
  });
  expect(await tmux.findPane(pane)).toBeDefined();
});

it('goes on when its socket file is removed', async () => {
  const { server } = await tmux.start('a');
  control = await connectControl(tmux);
  rmSync(tmux.socketPath);

  expect(await fail(tmux.server.listPanes())).toBeInstanceOf(NoSocketError);
  expect(await control.server.listPanes()).toMatchObject({ server, panes: [{}] });
  await control.server.close();
  process.kill(server.pid, 'SIGTERM');
  await waitFor('the server to end', () => !isRunning(server.pid));
});

it('gives up on a stopped server, trusts the connection no more, and is well again', async () => {
  const { server } = await tmux.start('a');
  control = await connectControl(tmux, { timeoutMs: 400 });
  process.kill(server.pid, 'SIGSTOP');
  const startedAtMs = performance.now();
  const [first, second] = await Promise.all([
    fail(control.server.listPanes()),
    fail(control.server.listPanes()),
  ]);
  const tookMs = performance.now() - startedAtMs;

  for (const error of [first, second]) expect(error).toBeInstanceOf(TimedOutError);
  expect(first).toMatchObject({ message: 'tmux display-message ; list-panes: no answer within 400 ms' });
  expect(tookMs).toBeGreaterThanOrEqual(390);
  await waitFor('the hint', () => control!.count('disconnected') === 1);
  expect(await fail(control.server.listPanes())).toBeInstanceOf(TimedOutError);

  process.kill(server.pid, 'SIGCONT');
  await waitFor('the connection', () => control!.count('connected') === 2);
  expect(await control.server.listPanes()).toMatchObject({ server, panes: [{}] });
  await waitFor('one session', async () => (await listControlSessions(tmux)).length === 1);
  await waitFor('one client', async () => (await listControlClients(tmux)).length === 1);
});

it('closes in bounded time although the server is stopped', async () => {
  const { server } = await tmux.start('a');
  control = await connectControl(tmux);
  const clients = await listControlClients(tmux);
  process.kill(server.pid, 'SIGSTOP');
  const asking = fail(control.server.clearAlerts({ server, paneId: '%0' }));
  const startedAtMs = performance.now();
  await control.server.close();

  expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  expect(clients.filter(isRunning)).toEqual([]);
  process.kill(server.pid, 'SIGCONT');
  expect(await asking).toBeInstanceOf(TmuxError);
  await waitFor('the session to end', async () => (await listControlSessions(tmux)).length === 0);
});

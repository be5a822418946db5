import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

import {
  InvalidArgumentError,
  NoServerError,
  NoSocketError,
  NotInstalledError,
  RefusedError,
  TimedOutError,
  TmuxError,
  UnexpectedReplyError,
} from '../src/index.js';
import { isRunning } from './fixtures/is-running.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { waitFor } from './fixtures/wait-for.js';

let tmux: PrivateTmux;
beforeEach(() => {
  tmux = new PrivateTmux();
});
afterEach(() => tmux.stop());

const fail = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );
const list = (tmuxPath: string) => fail(tmux.connect({ tmuxPath }).listPanes());

it('says that there is no socket', async () => {
  const error = await fail(tmux.server.listPanes());

  expect(error).toBeInstanceOf(NoSocketError);
  expect(error).toBeInstanceOf(TmuxError);
  expect(error).toMatchObject({
    name: 'NoSocketError',
    command: 'display-message ; list-panes',
    stderr: `error connecting to ${tmux.socketPath} (No such file or directory)\n`,
  });
});

it('says that a socket is stale', async () => {
  const pane = await tmux.start('a');
  process.kill(pane.server.pid, 'SIGKILL');
  await waitFor('the server to end', () => !isRunning(pane.server.pid));
  expect(existsSync(tmux.socketPath)).toBe(true);

  expect(await fail(tmux.server.listPanes())).toBeInstanceOf(NoServerError);
  expect(await fail(tmux.server.killPane(pane))).toBeInstanceOf(NoServerError);
});

it('says that the server ended while it was asked', async () => {
  const { server } = await tmux.start('a');
  const { tmuxPath, readPids } = tmux.writeCountingShim();
  process.kill(server.pid, 'SIGSTOP');
  const asking = fail(tmux.connect({ tmuxPath, timeoutMs: 15_000 }).listPanes());
  await waitFor('the client', () => readPids().length === 1);
  process.kill(server.pid, 'SIGKILL');

  expect(await asking).toBeInstanceOf(NoServerError);
});

it('gives up on a server that does not answer, and ends its client', async () => {
  const { server } = await tmux.start('a');
  const { tmuxPath, readPids } = tmux.writeCountingShim();
  process.kill(server.pid, 'SIGSTOP');

  const startedAt = Date.now();
  const error = await fail(tmux.connect({ tmuxPath, timeoutMs: 400 }).listPanes());

  expect(error).toBeInstanceOf(TimedOutError);
  expect(error).toMatchObject({ message: 'tmux display-message ; list-panes: no answer within 400 ms' });
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(390);
  expect(readPids()).toHaveLength(1);
  expect(isRunning(readPids()[0]!)).toBe(false);
  process.kill(server.pid, 'SIGCONT');
  expect((await tmux.server.listPanes()).server).toEqual(server);
});

it('rejects in time although something else holds the output open', async () => {
  const pids = tmux.path('sleeper');
  const shim = tmux.writeShim('holder', `sleep 100 & echo $! > '${pids}'; exec sleep 100`);
  try {
    expect(await fail(tmux.connect({ tmuxPath: shim, timeoutMs: 400 }).listPanes())).toBeInstanceOf(
      TimedOutError,
    );
  } finally {
    process.kill(Number(readFileSync(pids, 'utf8')), 'SIGKILL');
  }
});

it('ends the client on abort and rejects with the reason', async () => {
  const { server, ...pane } = await tmux.start('a');
  const { tmuxPath, readPids } = tmux.writeCountingShim();
  process.kill(server.pid, 'SIGSTOP');
  const abort = new AbortController();
  const reason = new Error('enough');
  const options = { signal: abort.signal, submit: true };
  const counting = tmux.connect({ tmuxPath, timeoutMs: 15_000 });
  const calls = [
    counting.listPanes(options),
    counting.describePanes(options),
    counting.pasteText({ server, ...pane }, 'x'.repeat(1_000_000), options),
    counting.killPane({ server, paneId: '%99' }, options),
    counting.capturePane({ server, ...pane }, options),
    counting.clearAlerts({ server, ...pane }, options),
    counting.createSession({ name: 'b', command: ['env', 'cat'], cwd: tmux.directory, signal: abort.signal }),
  ].map(fail);
  await waitFor('the clients', () => readPids().length === calls.length);
  abort.abort(reason);

  for (const error of await Promise.all(calls)) expect(error).toBe(reason);
  expect(readPids().filter(isRunning)).toEqual([]);
});

it('does not start a client for a call that is already aborted', async () => {
  const { tmuxPath, readPids } = tmux.writeCountingShim();
  const reason = new Error('too late');

  expect(await fail(tmux.connect({ tmuxPath }).listPanes({ signal: AbortSignal.abort(reason) }))).toBe(
    reason,
  );
  expect(readPids()).toEqual([]);
});

it('says that tmux is not installed', async () => {
  for (const tmuxPath of ['no-such-tmux', tmux.path('no-such-tmux')]) {
    const error = await list(tmuxPath);
    expect(error).toBeInstanceOf(NotInstalledError);
    expect(error).toHaveProperty('cause.code', 'ENOENT');
  }
});

it('says that tmux could not be run', async () => {
  const file = tmux.writeShim('locked', 'exit 0');
  chmodSync(file, 0o644);
  const error = await list(file);

  expect(error).toBeInstanceOf(RefusedError);
  expect(error).toHaveProperty('cause.code', 'EACCES');
});

it('says that tmux has run out of files', async () => {
  await tmux.start('a');

  expect(await list(tmux.writeShim('limited', 'ulimit -n 5; exec tmux "$@"'))).toBeInstanceOf(RefusedError);
});

const isRoot = process.getuid?.() === 0;

(isRoot ? it : it.skip)('says that another user’s server admits nobody, although tmux exits 0', async () => {
  await tmux.start('a');
  chmodSync(tmux.directory, 0o711);
  chmodSync(tmux.socketPath, 0o666);
  const script = tmux.path('as-nobody.cjs');
  writeFileSync(
    script,
    `process.setgroups([]); process.setgid(65534); process.setuid(65534);
    const options = { stdio: 'inherit' };
    process.exitCode = require('child_process').spawnSync('tmux', process.argv.slice(2), options).status;`,
  );
  const error = await list(tmux.writeShim('nobody', `exec '${process.execPath}' '${script}' "$@"`));

  expect(error).toBeInstanceOf(RefusedError);
  expect(error).toMatchObject({ stderr: 'access not allowed\n' });
});

(isRoot ? it.skip : it)('says that a socket is not ours to open', async () => {
  await tmux.start('a');
  chmodSync(tmux.socketPath, 0);

  expect(await fail(tmux.server.listPanes())).toBeInstanceOf(RefusedError);
});

it('says that a socket path is too long', async () => {
  const server = tmux.connect({ socketPath: tmux.path('x'.repeat(150)) });

  expect(await fail(server.listPanes())).toBeInstanceOf(InvalidArgumentError);
  expect(
    await fail(server.createSession({ name: 'a', command: ['env', 'cat'], cwd: tmux.directory })),
  ).toBeInstanceOf(InvalidArgumentError);
});

it('says that there is no directory to make the socket in, although tmux exits 0', async () => {
  const server = tmux.connect({ socketPath: tmux.path('missing/socket') });

  expect(
    await fail(server.createSession({ name: 'a', command: ['env', 'cat'], cwd: tmux.directory })),
  ).toBeInstanceOf(RefusedError);
});

it('passes on in tmux’s words what it does not recognise', async () => {
  const error = await list(tmux.writeShim('odd', 'echo something new >&2; exit 1'));

  expect(Object.getPrototypeOf(error)).toBe(TmuxError.prototype);
  expect(error).toMatchObject({ message: 'tmux display-message ; list-panes: something new' });
});

it.each(['exit 0', 'echo hello', 'echo "[$6"', 'kill -9 $$'])(
  'makes nothing of a tmux that says %j',
  async (script) => {
    await tmux.start('a');
    const shim = tmux.writeShim('shim', script);

    const error = await list(shim);
    expect(error).toBeInstanceOf(TmuxError);
    if (!script.startsWith('kill')) expect(error).toBeInstanceOf(UnexpectedReplyError);
  },
);

it('never takes silence for success', async () => {
  const pane = await tmux.start('a');
  const silent = tmux.connect({ tmuxPath: tmux.writeShim('silent', 'cat > /dev/null') });

  expect(await fail(silent.killPane(pane))).toBeInstanceOf(UnexpectedReplyError);
  expect(await fail(silent.pasteText(pane, 'text', { submit: true }))).toBeInstanceOf(UnexpectedReplyError);
  expect(
    await fail(silent.createSession({ name: 'b', command: ['env', 'cat'], cwd: tmux.directory })),
  ).toBeInstanceOf(UnexpectedReplyError);
});

import { existsSync, readFileSync } from 'node:fs';

import {
  NoServerError,
  TimedOutError,
  TmuxError,
  UnexpectedReplyError,
  type CreatedSession,
  type TmuxServer,
} from '../src/index.js';
import { FakeServer } from './fixtures/fake-server.js';
import { isRunning } from './fixtures/is-running.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { serverFrames } from './fixtures/server-frames.js';
import { waitFor } from './fixtures/wait-for.js';

let tmux: PrivateTmux;
beforeEach(() => {
  tmux = new PrivateTmux({ transport: 'socket' });
});
afterEach(() => tmux.stop());

const fail = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

const countPipes = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'PipeWrap').length;
// Jest has some of its own.
let pipeCount: number;
beforeEach(() => {
  pipeCount = countPipes();
});
const countConnections = (): number => countPipes() - pipeCount;

describe('with a server of a known version', () => {
  let pane: CreatedSession;
  beforeEach(async () => {
    pane = await tmux.start('a');
  });

  it('starts one process for any number of calls, and one more for the next server', async () => {
    const { tmuxPath, readPids } = tmux.writeCountingShim();
    const counting = tmux.connect({ tmuxPath });
    for (let round = 0; round < 20; round += 1) {
      await counting.listPanes();
      await counting.describePanes();
      await counting.capturePane(pane);
      await counting.clearAlerts(pane);
    }
    await counting.killPane(await tmux.start('b'));
    expect(readPids()).toHaveLength(1);

    await tmux.run('kill-server');
    await waitFor('the server to end', () => !isRunning(pane.server.pid));
    const next = await tmux.start('c');
    expect((await counting.listPanes()).server).toEqual(next.server);
    expect((await counting.listPanes()).server).toEqual(next.server);
    expect(readPids()).toHaveLength(2);
  });

  it('asks at once what is asked at once', async () => {
    const listings = await Promise.all(Array.from({ length: 50 }, () => tmux.server.listPanes()));

    for (const { panes } of listings) expect(panes.map(({ paneId }) => paneId)).toEqual([pane.paneId]);
    await waitFor('the connections to go', () => countConnections() === 0);
  });

  it('reads a reply of megabytes', async () => {
    await tmux.run('set-option', '-g', 'history-limit', '50000');
    const line = 'x'.repeat(79);
    const long = await tmux.start('long', ['sh', '-c', `yes ${line} | head -n 30000; echo end; exec cat`]);
    await waitFor('the output', async () => (await tmux.server.capturePane(long)).endsWith('end'));

    const text = await tmux.server.capturePane(long, { lines: 50_000 });

    expect(text).toBe(`${`${line}\n`.repeat(30_000)}end`);
  });

  it('gives up on a server that does not answer, and closes the connection', async () => {
    const hurried = tmux.connect({ timeoutMs: 400 });
    await hurried.listPanes();
    process.kill(pane.server.pid, 'SIGSTOP');

    const error = await fail(hurried.listPanes());

    expect(error).toBeInstanceOf(TimedOutError);
    expect(error).toMatchObject({ message: 'tmux display-message ; list-panes: no answer within 400 ms' });
    await waitFor('the connection to go', () => countConnections() === 0);
    process.kill(pane.server.pid, 'SIGCONT');
    expect((await hurried.listPanes()).server).toEqual(pane.server);
  });

  it('gives up in time on a server that does not even say its version', async () => {
    process.kill(pane.server.pid, 'SIGSTOP');
    const startedAt = performance.now();

    const error = await fail(tmux.connect({ timeoutMs: 1_000 }).listPanes());

    expect(error).toBeInstanceOf(TimedOutError);
    expect(error).toMatchObject({ message: 'tmux display-message ; list-panes: no answer within 1000 ms' });
    expect(performance.now() - startedAt).toBeLessThan(1_900);
  });

  it('rejects with the signal’s reason, and closes the connection', async () => {
    await tmux.server.listPanes();
    process.kill(pane.server.pid, 'SIGSTOP');
    const [abort, reason] = [new AbortController(), new Error('enough')];
    const options = { signal: abort.signal };
    const calls = [
      tmux.server.listPanes(options),
      tmux.server.capturePane(pane, options),
      tmux.server.killPane({ ...pane, paneId: '%99' }, options),
    ].map(fail);
    await waitFor('the connections', () => countConnections() === calls.length);
    abort.abort(reason);

    for (const error of await Promise.all(calls)) expect(error).toBe(reason);
    await waitFor('the connections to go', () => countConnections() === 0);
    expect(await fail(tmux.server.listPanes(options))).toBe(reason);
  });

  it('rejects with the signal’s reason although the call has not got to the socket yet', async () => {
    await tmux.server.listPanes();
    process.kill(pane.server.pid, 'SIGSTOP');
    const [abort, reason] = [new AbortController(), new Error('enough')];
    const asking = fail(tmux.server.listPanes({ signal: abort.signal }));
    abort.abort(reason);

    expect(await asking).toBe(reason);
  });

  it('says that the server ended while it was asked, whether that can be asked again or not', async () => {
    await tmux.server.listPanes();
    process.kill(pane.server.pid, 'SIGSTOP');
    const asking = [tmux.server.listPanes(), tmux.server.killPane(pane)].map(fail);
    await waitFor('the connections', () => countConnections() === asking.length);
    process.kill(pane.server.pid, 'SIGKILL');

    for (const error of await Promise.all(asking)) expect(error).toBeInstanceOf(NoServerError);
  });
});

describe('with what is no tmux server of a known version', () => {
  let fake: FakeServer;
  afterEach(() => fake.close());

  /** Lets a fake answer at the socket; processes are told version 3.3a, and fail at all else. */
  async function pretend(
    answer: ConstructorParameters<typeof FakeServer>[0],
    { version = '3.3a', timeoutMs = 15_000 } = {},
  ): Promise<TmuxServer> {
    fake = new FakeServer(answer);
    await fake.listen(tmux.socketPath);
    const script = `case "$*" in *'display-message -p #{version}') echo '${version}';; *) echo "$6" >> '${tmux.path('runs')}'; echo by process >&2; exit 1;; esac`;
    return tmux.connect({ tmuxPath: tmux.writeShim('fake-tmux', script), timeoutMs });
  }
  const countRuns = (): number =>
    existsSync(tmux.path('runs')) ? readFileSync(tmux.path('runs'), 'utf8').trim().split('\n').length : 0;
  const target = { server: { pid: 1, startTime: 1 }, paneId: '%0' };

  it.each(['3.2a', '3.1c', '2.9', '3.4', '3.5a', '3.6', '3.7', 'next-3.7', 'openbsd-7.7', ''])(
    'does not speak to version %j',
    async (version) => {
      const server = await pretend((socket) => socket.end(), { version });

      expect(await fail(server.listPanes())).toMatchObject({ stderr: 'by process\n' });
      expect(fake.count).toBe(0);
    },
  );

  it('gives up on one that never answers', async () => {
    const server = await pretend(() => undefined, { timeoutMs: 1_000 });

    expect(await fail(server.listPanes())).toBeInstanceOf(TimedOutError);
    await waitFor('the connection to go', () => fake.openCount === 0);
    expect(countRuns()).toBe(0);
  });

  const { open, write, exit, version } = serverFrames;
  const half = Buffer.concat([open(1), write(1, 'looks like an answer')]);

  it.each<[string, ConstructorParameters<typeof FakeServer>[0]]>([
    ['closes at once', (socket) => socket.end()],
    ['closes after a part of its answer', (socket) => socket.end(half)],
    ['breaks off in a frame', (socket) => socket.end(Buffer.concat([half, exit(0)]).subarray(0, -1))],
    ['drops the connection', (socket) => socket.destroy()],
  ])('asks a process where one %s, and goes on trusting the socket', async (_, answer) => {
    const server = await pretend(answer);

    expect(await fail(server.listPanes())).toMatchObject({ stderr: 'by process\n' });
    expect(await fail(server.listPanes())).toMatchObject({ stderr: 'by process\n' });
    expect(fake.count).toBe(2);
  });

  it.each<[string, ConstructorParameters<typeof FakeServer>[0]]>([
    ['garbage', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['zeros', (socket) => socket.write(Buffer.alloc(1_000))],
    ['another version', (socket) => socket.write(version())],
    ['a command to run', (socket) => socket.write(serverFrames.open(3, -1))],
    [
      'without end',
      (socket) => {
        socket.write(open(1));
        const much = Buffer.concat(Array.from({ length: 64 }, () => write(1, Buffer.alloc(16_000))));
        const pour = (): void => {
          while (!socket.destroyed && socket.write(much));
        };
        socket.on('drain', pour);
        pour();
      },
    ],
  ])('asks a process where one sends %s, and does not trust that socket again', async (_, answer) => {
    const server = await pretend(answer);

    expect(await fail(server.listPanes())).toMatchObject({ stderr: 'by process\n' });
    await waitFor('the connection to go', () => fake.openCount === 0);
    expect(await fail(server.listPanes())).toMatchObject({ stderr: 'by process\n' });
    expect(fake.count).toBe(1);
    expect(countRuns()).toBe(2);
  });

  it('does nothing twice that may have been done', async () => {
    fake = new FakeServer((socket) => socket.end(half));
    await fake.listen(tmux.socketPath);
    const script = `case "$*" in *if-shell*) echo again > '${tmux.path('again')}';; *version*) echo 3.3a;; esac`;
    const server = tmux.connect({ tmuxPath: tmux.writeShim('fake-tmux', script) });

    expect(await fail(server.killPane(target))).toBeInstanceOf(UnexpectedReplyError);
    expect(existsSync(tmux.path('again'))).toBe(false);
    expect(fake.count).toBe(1);
  });

  it('takes the words of a server for what they say', async () => {
    const server = await pretend((socket) => socket.write(exit(0, 'access not allowed')));
    const error = await fail(server.listPanes());

    expect(error).toBeInstanceOf(TmuxError);
    expect(error).toMatchObject({ name: 'RefusedError', stderr: 'access not allowed\n' });
    expect(countRuns()).toBe(0);
  });
});

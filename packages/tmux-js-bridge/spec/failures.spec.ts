import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { InvalidArgumentError, NoServerError, NoSocketError, NotInstalledError } from '../src/index.js';
import { compileBridge } from './fixtures/compiled-bridge.js';
import { isRunning } from './fixtures/is-running.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { transports } from './fixtures/transports.js';
import { waitFor } from './fixtures/wait-for.js';

const fail = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

describe.each(transports)('by %s', (transport) => {
  let tmux: PrivateTmux;
  beforeEach(() => {
    tmux = new PrivateTmux({ transport });
  });
  afterEach(() => tmux.stop());

  it('says that there is no socket, also where there was one', async () => {
    expect(await fail(tmux.server.listPanes())).toBeInstanceOf(NoSocketError);
    const pane = await tmux.start('a');
    await tmux.server.listPanes();
    await tmux.run('kill-server');
    await waitFor('the server to end', () => !isRunning(pane.server.pid));
    rmSync(tmux.socketPath, { force: true });

    const error = await fail(tmux.server.listPanes());

    expect(error).toBeInstanceOf(NoSocketError);
    expect(error).toMatchObject({
      command: 'display-message ; list-panes',
      stderr: `error connecting to ${tmux.socketPath} (No such file or directory)\n`,
    });
  });

  it('says that a socket is stale', async () => {
    const pane = await tmux.start('a');
    await tmux.server.listPanes();
    process.kill(pane.server.pid, 'SIGKILL');
    await waitFor('the server to end', () => !isRunning(pane.server.pid));
    expect(existsSync(tmux.socketPath)).toBe(true);

    expect(await fail(tmux.server.listPanes())).toBeInstanceOf(NoServerError);
    expect(await fail(tmux.server.killPane(pane))).toBeInstanceOf(NoServerError);
    expect(await fail(tmux.connect().listPanes())).toBeInstanceOf(NoServerError);
  });

  it('says that a socket path is too long', async () => {
    const server = tmux.connect({ socketPath: tmux.path('x'.repeat(150)) });

    expect(await fail(server.listPanes())).toBeInstanceOf(InvalidArgumentError);
  });

  it('says that tmux is not installed', async () => {
    await tmux.start('a');

    expect(await fail(tmux.connect({ tmuxPath: tmux.path('no-tmux') }).listPanes())).toBeInstanceOf(
      NotInstalledError,
    );
  });
});

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

// Only root can act as somebody else.
(isRoot ? describe : describe.skip).each(['process', 'socket'] as const)(
  'by %s, as another user',
  (transport) => {
    it('says what the server or the system refuses, and gives an answer where neither does', async () => {
      const tmux = new PrivateTmux();
      try {
        await tmux.start('a');
        await tmux.run('server-access', '-a', '-w', 'nobody');
        chmodSync(tmux.directory, 0o755);
        chmodSync(tmux.socketPath, 0o666);
        const bridge = compileBridge(tmux.directory);
        const script = tmux.path('ask.mjs');
        writeFileSync(
          script,
          `import { createInterface } from 'node:readline';
        import { TmuxServer } from '${bridge}';
        const server = new TmuxServer({ socketPath: '${tmux.socketPath}', transport: '${transport}' });
        for await (const line of createInterface({ input: process.stdin })) {
          const said = await server.listPanes().then(({ panes }) => panes.length, ({ name, stderr }) => ({ name, stderr }));
          console.log(JSON.stringify(said));
        }`,
        );
        const child = spawn(process.execPath, [script], {
          ...{ uid: nobody, gid: nobody, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] },
        });
        const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
        const ask = async (): Promise<unknown> => {
          child.stdin.write('\n');
          return JSON.parse((await lines.next()).value as string);
        };
        try {
          expect(await ask()).toBe(1);
          chmodSync(tmux.socketPath, 0);
          const stderr = `error connecting to ${tmux.socketPath} (Permission denied)\n`;
          expect(await ask()).toEqual({ name: 'RefusedError', stderr });
          chmodSync(tmux.socketPath, 0o666);
          expect(await ask()).toBe(1);
          await tmux.run('server-access', '-d', 'nobody');
          chmodSync(tmux.socketPath, 0o666);
          expect(await ask()).toEqual({ name: 'RefusedError', stderr: 'access not allowed\n' });
        } finally {
          child.stdin.end();
          await once(child, 'close');
        }
      } finally {
        await tmux.stop();
      }
    });
  },
);

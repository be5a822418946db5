import { TmuxError, type CreatedSession, type TmuxServer } from '../src/index.js';
import { connectControl, type Controlled } from './fixtures/control-client.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { waitFor } from './fixtures/wait-for.js';

let tmux: PrivateTmux;
let pane: CreatedSession;
let control: Controlled;
let socket: TmuxServer;
beforeEach(async () => {
  tmux = new PrivateTmux();
  pane = await tmux.start('shop/one', [
    'sh',
    '-c',
    "printf '\\033]2;é 漢 $x %%5\\033\\\\é 漢\\n\\nend'; exec cat",
  ]);
  await waitFor('the output', async () => (await tmux.server.capturePane(pane)).endsWith('end'));
  socket = tmux.connect({ transport: 'socket' });
  control = await connectControl(tmux);
});
afterEach(async () => {
  await control.server.close();
  await tmux.stop();
});

/** What a call comes to; errors by what callers can tell. */
async function observe(call: Promise<unknown>): Promise<unknown> {
  try {
    return { value: await call };
  } catch (error) {
    if (!(error instanceof TmuxError)) throw error;
    return { error: error.constructor };
  }
}

/** What it comes to by each way. */
async function byEach(call: (server: TmuxServer) => Promise<unknown>) {
  return {
    process: await observe(call(tmux.server)),
    socket: await observe(call(socket)),
    control: await observe(call(control.server)),
  };
}

const other = (): CreatedSession => ({ ...pane, server: { ...pane.server, startTime: 1 } });

it.each<[string, (server: TmuxServer) => Promise<unknown>]>([
  ['the text of a pane', (server) => server.capturePane(pane)],
  ['the last lines of a pane', (server) => server.capturePane(pane, { lines: 1 })],
  ['many lines of a pane', (server) => server.capturePane(pane, { lines: 10_000 })],
  ['no lines of a pane', (server) => server.capturePane(pane, { lines: 0 })],
  ['the text of a pane that is not there', (server) => server.capturePane({ ...pane, paneId: '%99' })],
  ['the text of a pane of another server', (server) => server.capturePane(other())],
  ['the text of what is no pane', (server) => server.capturePane({ ...pane, paneId: 'shop/one' })],
  ['the end of a pane that is not there', (server) => server.killPane({ ...pane, paneId: '%99' })],
  ['the end of a pane of another server', (server) => server.killPane(other())],
  ['cleared alerts', (server) => server.clearAlerts(pane)],
  ['cleared alerts of another server', (server) => server.clearAlerts(other())],
  ['a paste into another server', (server) => server.pasteText(other(), 'x', { submit: true })],
  ['an empty paste', (server) => server.pasteText(pane, '', { submit: false })],
])('gives the same for %s', async (_, call) => {
  const came = await byEach(call);

  expect(came.socket).toEqual(came.process);
  expect(came.control).toEqual(came.process);
});

it('lists and describes the same panes, save that of its own session', async () => {
  for (let index = 0; index < 30; index += 1) await tmux.start(`more-${index}`);
  await tmux.run('set-hook', '-g', 'after-list-panes', 'display-message -p "%begin ; %end 1 2 1"');
  const isAnchor = ({ sessionName }: { sessionName: string }) => sessionName.startsWith('_vitals-');
  const described = await tmux.server.describePanes();
  const [anchor, ...rest] = described.panes.filter(isAnchor);
  expect(rest).toEqual([]);

  expect(await socket.describePanes()).toEqual(described);
  expect(await control.server.describePanes()).toEqual({
    ...described,
    panes: described.panes.filter((seen) => !isAnchor(seen)),
  });
  const listed = await tmux.server.listPanes();
  expect(await socket.listPanes()).toEqual(listed);
  expect(await control.server.listPanes()).toEqual({
    ...listed,
    panes: listed.panes.filter(({ paneId }) => paneId !== anchor?.paneId),
  });
  expect(control.count('disconnected')).toBe(0);
});

it('starts, writes to and ends programs', async () => {
  const created = await control.server.createSession({
    ...{ name: 'made', command: ['env', 'cat'], cwd: tmux.directory },
    env: { KEY: 'é; $x' },
  });
  expect(await tmux.findPane(created)).toMatchObject({ panePid: created.panePid });
  await control.server.pasteText(created, 'one\n#{pid};', { submit: true });
  await waitFor('the text', async () =>
    (await control.server.capturePane(created)).includes('#{pid};\none\n#{pid};'),
  );

  await control.server.killPane(created);

  expect(await tmux.findPane(created)).toBeUndefined();
  expect(await observe(control.server.killPane(created))).toHaveProperty('error.name', 'NotFoundError');
});

it('asks no process while it is connected', async () => {
  const { tmuxPath, readPids } = tmux.writeCountingShim();
  const counting = await connectControl(tmux, { tmuxPath });
  try {
    for (let round = 0; round < 20; round += 1) {
      await counting.server.listPanes();
      await counting.server.describePanes();
      await counting.server.capturePane(pane);
      await counting.server.clearAlerts(pane);
    }

    expect(readPids()).toHaveLength(1);
  } finally {
    await counting.server.close();
  }
});

it('rejects with the signal’s reason, and stays in step', async () => {
  const reason = new Error('enough');
  const late = control.server.listPanes({ signal: AbortSignal.abort(reason) });
  await expect(late).rejects.toBe(reason);
  const abort = new AbortController();
  const asking = control.server.capturePane(pane, { signal: abort.signal });
  abort.abort(reason);
  await expect(asking).rejects.toBe(reason);

  expect((await control.server.listPanes()).panes.map(({ paneId }) => paneId)).toEqual([pane.paneId]);
});

import { existsSync, mkdirSync, readFileSync } from 'node:fs';

import { ControlTransport } from '../src/control-transport.js';
import { InvalidArgumentError } from '../src/index.js';
import { SocketTransport } from '../src/socket-transport.js';
import { SpawnTransport } from '../src/spawn-transport.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { transports } from './fixtures/transports.js';
import { waitFor } from './fixtures/wait-for.js';

const hostile = [
  '#(touch "$CANARY")',
  '#{pid} #S #{?1,yes,no} ##',
  '$(touch "$CANARY")',
  '`touch "$CANARY"`',
  '\'; touch "$CANARY"; \'',
  '"; run-shell \'touch $CANARY\' ; "',
  'ends in;',
  'ends in\\;',
  ';',
  ';;',
  '\\;',
  'two\nlines',
  '-x',
  '--',
  '=eq',
  '%5',
  '%H:%M',
  '$1',
  '${HOME}',
  '~',
  '{ kill-server }',
  'é 漢 🎉',
  ' spaces  ',
  'tab\there',
  '-t %0 ; kill-server',
  '#[fg=red]#{l:x}',
  '\u001b[31m\u0001\u007f\u001b[201~',
  '\r\n\f\v',
  '\u2028\ufeff\u202e',
];

describe.each(transports)('by %s', (transport) => {
  let tmux: PrivateTmux;
  beforeEach(async () => {
    tmux = new PrivateTmux({ transport });
    await tmux.start('witness');
  });
  afterEach(() => tmux.stop());

  /** Proves that the canary would be seen: an expanded name runs its command in the same server. */
  async function expectNoCanary(): Promise<void> {
    const { canary } = tmux;
    expect(existsSync(canary)).toBe(false);
    await waitFor('a canary let out on purpose', async () => {
      await tmux.run('display-message', '-p', '#(touch "$CANARY".control)');
      return existsSync(`${canary}.control`);
    });
    expect(existsSync(canary)).toBe(false);
  }

  const untilWritten = async (name: string): Promise<string> => {
    await waitFor(name, () => existsSync(tmux.path(name)));
    return readFileSync(tmux.path(name), 'utf8');
  };
  const writeArgs = `out="$0"; printf '%s\\0' "$@" > "$out.new"; mv "$out.new" "$out"; exec cat`;

  it('passes arguments on as they are', async () => {
    const out = tmux.path('args');
    await tmux.server.createSession({
      ...{ name: 'args', cwd: tmux.directory },
      command: ['sh', '-c', writeArgs, out, '', ...hostile, ''],
    });

    expect((await untilWritten('args')).split('\0').slice(0, -1)).toEqual(['', ...hostile, '']);
    await expectNoCanary();
  });

  it('passes an argument on as it is when it is the last', async () => {
    for (const [index, text] of hostile.entries()) {
      const command = ['sh', '-c', writeArgs, tmux.path(`last-${index}`), text];
      await tmux.server.createSession({ name: `last-${index}`, cwd: tmux.directory, command });
      expect(await untilWritten(`last-${index}`)).toBe(`${text}\0`);
    }
    await expectNoCanary();
  });

  it('passes variables on as they are', async () => {
    const names = hostile.map((_, index) => `HOSTILE_${index}`);
    const env = Object.fromEntries(names.map((name, index) => [name, hostile[index]!]));
    const script = `set -- ${names.map((name) => `"$${name}"`).join(' ')}; ${writeArgs}`;
    await tmux.server.createSession({
      ...{ name: 'env', cwd: tmux.directory, env },
      command: ['sh', '-c', script, tmux.path('env')],
    });

    expect((await untilWritten('env')).split('\0').slice(0, -1)).toEqual(hostile);
    await expectNoCanary();
  });

  it('starts programs in directories of any name', async () => {
    for (const [index, text] of hostile.entries()) {
      const cwd = tmux.path(text.replaceAll('/', ''));
      mkdirSync(cwd);
      const script = `printf '%s.' "$(pwd; printf .)" > "$0.new"; mv "$0.new" "$0"; exec cat`;
      const command = ['sh', '-c', script, tmux.path(`cwd-${index}`)];
      await tmux.server.createSession({ name: `cwd-${index}`, cwd, command });
      expect(await untilWritten(`cwd-${index}`)).toBe(`${cwd}\n..`);
    }
    await expectNoCanary();
  });

  it('delivers text byte for byte', async () => {
    const { pane, file } = await tmux.startRecorder('text');
    for (const text of hostile) await tmux.server.pasteText(pane, text, { submit: true });

    const expected = hostile.map((text) => `${text}\r`).join('');
    await waitFor('all text', () => readFileSync(file).length >= Buffer.byteLength(expected));
    expect(readFileSync(file, 'utf8')).toBe(expected);
    await expectNoCanary();
  });

  it('delivers a megabyte of hostile text byte for byte', async () => {
    const { pane, file } = await tmux.startRecorder('much');
    const lines = hostile.join('\n');
    const text = `${lines}\n`.repeat(Math.ceil(1_048_576 / Buffer.byteLength(lines)));

    await tmux.server.pasteText(pane, text, { submit: false });

    await waitFor('all text', () => readFileSync(file).length >= Buffer.byteLength(text));
    expect(readFileSync(file).equals(Buffer.from(text))).toBe(true);
    await expectNoCanary();
  });

  it('takes no hostile text for an id', async () => {
    const witness = (await tmux.server.listPanes()).panes;
    const server = (await tmux.server.listPanes()).server!;
    for (const text of hostile.filter((candidate) => candidate !== '%5')) {
      const target = { server, paneId: text };
      for (const call of [
        tmux.server.pasteText(target, 'text', { submit: true }),
        tmux.server.killPane(target),
        tmux.server.capturePane(target),
        tmux.server.clearAlerts(target),
      ])
        await expect(call).rejects.toThrow(InvalidArgumentError);
    }
    for (const text of hostile.filter((candidate) => candidate !== '$1')) {
      expect(() => tmux.server.attachCommand(text)).toThrow(InvalidArgumentError);
      const target = { server, paneId: witness[0]!.paneId, sessionId: text };
      await expect(tmux.server.clearAlerts(target)).rejects.toThrow(InvalidArgumentError);
    }
    expect((await tmux.server.listPanes()).panes.map(({ panePid }) => panePid)).toEqual(
      witness.map(({ panePid }) => panePid),
    );
    await expectNoCanary();
  });

  it('shows titles, screens and directories as they are, and runs nothing of them', async () => {
    // The rest never gets into a title.
    const titles = hostile.filter((text) => /^[^\x00-\x1f\x7f\u2028\u202e]+$/.test(text));
    for (const [index, title] of titles.entries()) {
      const script = `printf '\\033]2;%s\\033\\\\%s' "$0" "$0"; exec cat`;
      const cwd = tmux.path(title.replaceAll('/', ''));
      mkdirSync(cwd);
      const command = ['sh', '-c', script, title];
      const pane = await tmux.server.createSession({ name: `title-${index}`, cwd, command });
      await waitFor(`the title ${title}`, async () => (await tmux.findPane(pane))?.title === title);
      const { panes } = await tmux.server.describePanes();
      expect(panes.find(({ paneId }) => paneId === pane.paneId)?.currentPath).toBe(cwd);
      await waitFor('the screen', async () => (await tmux.server.capturePane(pane)) === title.trimEnd());
    }
    await expectNoCanary();
  });

  it('reads what is no UTF-8 without harm to its neighbours', async () => {
    const cwd = Buffer.concat([Buffer.from(tmux.path('odd-')), Buffer.from([0xff, 0xfe])]);
    mkdirSync(cwd);
    const script = `cd "$0"/odd-*; printf '\\033]2;a\\377\\033\\\\\\377\\376b'; exec cat`;
    const pane = await tmux.start('odd', ['sh', '-c', script, tmux.directory]);
    const seen = await waitFor('the directory', async () => {
      const { panes } = await tmux.server.describePanes();
      const found = panes.find(({ paneId }) => paneId === pane.paneId);
      return found?.currentPath.includes('odd-') ? { found, count: panes.length } : null;
    });

    expect(seen.found).toMatchObject({ panePid: pane.panePid, sessionName: 'odd' });
    expect(seen.count).toBe(2);
    await expect(tmux.server.capturePane(pane)).resolves.toContain('b');
  });

  it('hands every argument to tmux as it is', async () => {
    const { socketPath, env } = tmux;
    const options = { socketPath, env, tmuxPath: 'tmux', timeoutMs: 5_000 };
    const raw = {
      process: () => new SpawnTransport(options),
      socket: () => new SocketTransport(options),
      control: () => new ControlTransport(options),
    }[transport]();
    try {
      for (const text of [...hostile, ...hostile]) {
        const set = ['set-option', '-g', '--', '@text', text] as const;
        const output = await raw.run([set, ['show-options', '-gv', '@text']], {});
        expect(output).toBe(`${text}\n`);
      }
    } finally {
      if (raw instanceof ControlTransport) await raw.close();
    }
    await expectNoCanary();
  });

  it('lets no hostile name near tmux', async () => {
    for (const name of hostile) {
      await expect(
        tmux.server.createSession({ name, command: ['env', 'cat'], cwd: tmux.directory }),
      ).rejects.toThrow(/session name/);
    }
    expect(await tmux.listSessionNames()).toEqual(['witness']);
    await expectNoCanary();
  });
});

import { existsSync, mkdirSync, readFileSync } from 'node:fs';

import { CommandTooLongError, InvalidArgumentError, NameTakenError } from '../src/index.js';
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

  const command = ['env', 'cat'];

  it('starts the server and the program, and says what they are', async () => {
    const created = await tmux.start('shop/api-3');

    expect(created.server.socketPath).toBe(tmux.socketPath);
    expect(created.sessionId).toMatch(/^\$\d+$/);
    expect(created.windowId).toMatch(/^@\d+$/);
    expect(created.paneId).toMatch(/^%\d+$/);
    expect(isRunning(created.server.pid)).toBe(true);
    expect(isRunning(created.panePid)).toBe(true);
    expect(await tmux.listSessionNames()).toEqual(['shop/api-3']);
  });

  it('gives the program its directory, environment and size', async () => {
    const cwd = tmux.path('work');
    mkdirSync(cwd);
    const script =
      'printf "%s|%s|%s|%s" "$(pwd)" "$KEY" "${TMUX%%,*}" "$(stty size)" > "$0.new"; mv "$0.new" "$0"; exec cat';
    await tmux.start('first');
    await tmux.server.createSession({
      ...{ name: 'a', command: ['sh', '-c', script, tmux.path('facts')], cwd, env: { KEY: 'value' } },
      ...{ width: 132, height: 43 },
    });

    await waitFor('the facts', () => existsSync(tmux.path('facts')));
    expect(readFileSync(tmux.path('facts'), 'utf8')).toBe(`${cwd}|value|${tmux.socketPath}|43 132`);
  });

  it('does not tell the server it starts which tmux it was started from', async () => {
    const env = { ...tmux.env, TMUX: '/elsewhere,1,0', TMUX_PANE: '%77' };
    await tmux.connect({ env }).createSession({ name: 'nested', command, cwd: tmux.directory });
    await tmux.start('tracked');

    expect(await tmux.run('show-environment', '-g')).not.toMatch(/^TMUX/m);
  });

  it('finds its socket from any directory', async () => {
    const relative = tmux.connect({ socketPath: 'socket-of-nobody' });

    expect(relative.socketPath).toBe(`${process.cwd()}/socket-of-nobody`);
  });

  it('runs a lone program without a shell that would read it', async () => {
    const odd = tmux.writeShim('odd $(touch canary) program', 'touch "$0.ran"; exec cat');
    await tmux.start('lone', [odd]);

    await waitFor('the program', () => existsSync(`${odd}.ran`));
    expect(existsSync(tmux.path('canary'))).toBe(false);
  });

  it('runs a program whose name looks like an option', async () => {
    const env = { ...tmux.env, PATH: `${tmux.directory}:${process.env['PATH'] ?? ''}` };
    tmux.writeShim('-odd', `touch '${tmux.path('ran')}'; exec cat`);
    const command = ['-odd', '-x'];
    await tmux.connect({ env }).createSession({ name: 'odd', command, cwd: tmux.directory });

    await waitFor('the program', () => existsSync(tmux.path('ran')));
  });

  it('gives the program its own PATH, and finds it there', async () => {
    const PATH = `${tmux.directory}:$(touch canary):${process.env['PATH'] ?? ''}`;
    tmux.writeShim('special', `printf '%s' "$PATH $*" > '${tmux.path('ran')}'; exec cat`);
    for (const command of [['special'], ['special', 'a b', 'c;']]) {
      const spec = { name: `special-${command.length}`, command, cwd: tmux.directory, env: { PATH } };
      await tmux.server.createSession(spec);

      const expected = [PATH, command.slice(1).join(' ')].join(' ');
      await waitFor(
        'the program',
        () => existsSync(tmux.path('ran')) && readFileSync(tmux.path('ran'), 'utf8') === expected,
      );
    }
    expect(existsSync(tmux.path('canary'))).toBe(false);
  });

  it('lets two sessions start a server at once', async () => {
    const [one, two] = await Promise.all(
      ['one', 'two'].map((name) => tmux.server.createSession({ name, command, cwd: tmux.directory })),
    );

    expect(one!.server).toEqual(two!.server);
  });

  it('refuses a name that is taken', async () => {
    await tmux.start('foo');

    await expect(tmux.start('foo')).rejects.toThrow(NameTakenError);
  });

  it.each([
    '',
    'a:b',
    'a.b',
    '#{pid}',
    '#(true)',
    '-a',
    '=a',
    '$1',
    '%1',
    'a b',
    'a\nb',
    'é',
    'x'.repeat(202),
  ])('refuses the name %j', async (name) => {
    await expect(tmux.start(name)).rejects.toThrow(InvalidArgumentError);
    expect(existsSync(tmux.socketPath)).toBe(false);
  });

  it.each([
    ['no program', { command: [] }],
    ['an empty program', { command: [''] }],
    ['a NUL in the command', { command: ['env', 'a\0b'] }],
    ['half a surrogate pair', { command: ['env', '\ud800'] }],
    ['a NUL in a variable', { env: { KEY: '\0' } }],
    ['a bad variable name', { env: { 'A=B': '' } }],
    ['a directory that is not there', { cwd: '/not/there' }],
    ['a directory that is a file', { cwd: '/etc/passwd' }],
    ['a NUL in the directory', { cwd: '/\0' }],
    ['no width', { width: 0 }],
    ['half a row', { height: 0.5 }],
  ])('refuses %s', async (_, changes) => {
    const spec = { name: 'a', command, cwd: tmux.directory, ...changes };

    await expect(tmux.server.createSession(spec)).rejects.toThrow(InvalidArgumentError);
    expect(existsSync(tmux.socketPath)).toBe(false);
  });

  it.each([17_000, 200_000])('says that a command of %d bytes is too long', async (length) => {
    await tmux.start('first');

    await expect(tmux.start('long', ['env', 'x'.repeat(length)])).rejects.toThrow(CommandTooLongError);
    expect((await tmux.server.listPanes()).panes).toHaveLength(1);
  });
});

import { existsSync, mkdirSync, readFileSync } from 'node:fs';

import { PrivateTmux } from './fixtures/private-tmux.js';
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
];

let tmux: PrivateTmux;
beforeEach(async () => {
  tmux = new PrivateTmux();
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

it('lets no hostile name near tmux', async () => {
  for (const name of hostile) {
    await expect(
      tmux.server.createSession({ name, command: ['env', 'cat'], cwd: tmux.directory }),
    ).rejects.toThrow(/session name/);
  }
  expect(await tmux.run('list-sessions', '-F', '#{session_name}')).toBe('witness\n');
  await expectNoCanary();
});

import { existsSync } from 'node:fs';

import fc from 'fast-check';

import { ControlTransport } from '../src/control-transport.js';
import { formatControlLine } from '../src/control-line.js';
import { InvalidArgumentError } from '../src/index.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { waitFor } from './fixtures/wait-for.js';

let tmux: PrivateTmux;
let transport: ControlTransport;
let isConnected: boolean;

beforeAll(async () => {
  tmux = new PrivateTmux();
  await tmux.start('a');
  const { socketPath, env } = tmux;
  transport = new ControlTransport({ tmuxPath: 'tmux', socketPath, env, timeoutMs: 5_000 });
  transport.onHint(({ type }) => {
    if (type !== 'changed') isConnected = type === 'connected';
  });
  await waitFor('the connection', () => isConnected);
});
afterAll(async () => {
  await transport.close();
  await tmux.stop();
});

/** Stores text in an option over the connection, and reads it with a process. */
async function carry(text: string): Promise<string> {
  await transport.run([['set-option', '-s', '@text', text]], {});
  const output = await tmux.run('display-message', '-p', '[#{q:@text}]');
  return output.slice(1, -2).replace(/\\([^])/g, '$1');
}

const hostile = [
  ...['', ' ', '-', '--', '-t', '=', ';', 'a;', '\\;', ';;', '\\', 'a\\', '\\\\', '"', "'", '"\'"', '`id`'],
  ...['$', '$HOME', '${HOME}', '\\$HOME', '~', '~/x', '~root', '#', '# x', '##', '{', '}', '{ kill-server }'],
  ...['%', '%if 1', '%1', '%end 1 2 1', '%begin 1 2 1', '\n', 'a\nkill-server\n', '\r', '\t', '\x1b', '\x7f'],
  ...[
    '\\n',
    '\\u00e9',
    '\\101',
    '\x01\x02\x1f',
    '\x0112',
    'é 漢字 ✋ \u{1f600}',
    '\u2028',
    '\u0085',
    '\ufeff',
  ],
  ...[
    '" ; kill-server ; "',
    '\\" ; kill-server ; \\"',
    'a ; kill-server',
    '#(touch $CANARY)',
    '$(touch $CANARY)',
  ],
  ...[
    '" ; run-shell "touch $CANARY',
    '\n run-shell "touch $CANARY"\n',
    'x'.repeat(8_000),
    '\\'.repeat(3_000),
  ],
];

it.each(hostile)('carries %j as it is', async (text) => {
  expect(await carry(text)).toBe(text);
  expect(existsSync(tmux.canary)).toBe(false);
  expect(isConnected).toBe(true);
});

it('carries any text as it is', async () => {
  const character = fc.oneof(
    fc.constantFrom('"', "'", '\\', '$', '~', '#', ';', '{', '}', '%', '\n', '\r', '\t', ' ', '\x1b'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  );
  const texts = fc.array(character, { maxLength: 30 }).map((parts) => parts.join(''));
  const sayable = texts.filter((text) => !text.includes('\0') && Buffer.from(text).toString() === text);

  await fc.assert(
    fc.asyncProperty(sayable, async (text) => expect(await carry(text)).toBe(text)),
    { numRuns: 100 },
  );
  expect(existsSync(tmux.canary)).toBe(false);
  expect(isConnected).toBe(true);
});

it.each(['a\0b', '\ud800', 'x\udc00'])('refuses %j before anything is sent', async (text) => {
  await expect(transport.run([['set-option', '-s', '@other', text]], {})).rejects.toThrow(
    InvalidArgumentError,
  );

  expect(await tmux.run('show-options', '-s', '-v', '-q', '@other')).toBe('');
});

it('refuses what tmux takes for no command at all', () => {
  expect(() => formatControlLine([])).toThrow(InvalidArgumentError);
  for (const name of ['', ' ', '# x', '%if', 'a b', 'a\nb', '{']) {
    expect(() => formatControlLine([[name]])).toThrow(InvalidArgumentError);
  }
});

it('runs commands in order and none after one that fails', async () => {
  const print = (text: string) => ['display-message', '-p', text] as const;
  const failing = ['list-panes', '-t', '%99'] as const;

  expect(await transport.run([print('one'), print('two\nlines'), print('')], {})).toBe('one\ntwo\nlines\n\n');
  await expect(transport.run([print('one'), failing, print('three')], {})).rejects.toMatchObject({
    ...{ name: 'NotFoundError', command: 'display-message ; list-panes ; display-message' },
    ...{ output: 'one\n', stderr: "can't find pane: %99\n" },
  });
  const nested = [
    'if-shell',
    '-F',
    '1',
    'display-message -p a ; list-panes -t %99 ; display-message -p b',
  ] as const;
  await expect(transport.run([nested], {})).rejects.toMatchObject({ output: 'a\n' });
  expect(await transport.run([print('still in step')], {})).toBe('still in step\n');
});

it('keeps many runs at once apart', async () => {
  const texts = Array.from({ length: 500 }, (_, index) => `run ${index}`);
  const outputs = await Promise.all(
    texts.map((text) => transport.run([['display-message', '-p', text]], {})),
  );

  expect(outputs).toEqual(texts.map((text) => `${text}\n`));
});

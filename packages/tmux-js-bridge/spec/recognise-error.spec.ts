import * as bridge from '../src/index.js';
import { recogniseError } from '../src/recognise-error.js';

const recognise = (stderr: string, exitCode: number | null = 1) =>
  recogniseError({ command: 'c', stderr: `${stderr}\n`, output: '', exitCode });

it.each([
  ['no server running on /s', bridge.NoServerError],
  ['server exited unexpectedly', bridge.NoServerError],
  ['server exited', bridge.NoServerError],
  ['lost server', bridge.NoServerError],
  ['error connecting to /s (No such file or directory)', bridge.NoSocketError],
  ['error connecting to /f/s (Not a directory)', bridge.NoSocketError],
  ['error connecting to /s (Permission denied)', bridge.RefusedError],
  ['error connecting to /s (File name too long)', bridge.InvalidArgumentError],
  ['error creating /s (No such file or directory)', bridge.RefusedError],
  ['directory /tmp/tmux-0 has unsafe permissions', bridge.RefusedError],
  ["couldn't create directory /f/tmux-0 (Not a directory)", bridge.RefusedError],
  ['create window failed: fork failed: Resource temporarily unavailable', bridge.RefusedError],
  ['command too long', bridge.CommandTooLongError],
  ['duplicate session: a', bridge.NameTakenError],
  ["can't find pane: %9", bridge.NotFoundError],
  ["can't find session: $9", bridge.NotFoundError],
  ['no current target', bridge.NotFoundError],
])('takes %j for what it is', (words, kind) => {
  expect(recognise(words)?.constructor).toBe(kind);
});

it.each(['access not allowed', 'error creating /s (Permission denied)'])(
  'is not fooled by exit 0 after %j',
  (words) => {
    expect(recognise(words, 0)).toBeInstanceOf(bridge.RefusedError);
  },
);

it('takes other words after exit 0 for chatter', () => {
  expect(recognise('some library says hello', 0)).toBeNull();
});

it('does not take a path for an error', () => {
  expect(recognise('odd: /no server running on /x')?.constructor).toBe(bridge.TmuxError);
});

it('says how tmux ended when it said nothing', () => {
  expect(recognise('', 7)?.message).toBe('tmux c: ended with 7');
  expect(recognise('', null)?.message).toBe('tmux c: ended with a signal');
});

it('cuts a long complaint', () => {
  expect(recognise('x'.repeat(10_000))?.message.length).toBeLessThan(600);
});

import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';

import { RefusedError } from '../src/index.js';
import { prepareSocket } from '../src/prepare-socket.js';
import { PrivateTmux } from './fixtures/private-tmux.js';

let tmux: PrivateTmux;
let directory: string;
beforeEach(() => {
  tmux = new PrivateTmux();
  directory = tmux.path(`tmux-${process.getuid!()}`);
});
afterEach(() => tmux.stop());

it('makes the directory of a default socket for its owner alone', async () => {
  await prepareSocket(`${directory}/default`);
  await prepareSocket(`${directory}/default`);

  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

it('makes no other directory', async () => {
  await prepareSocket(tmux.path('elsewhere/default'));

  expect(() => statSync(tmux.path('elsewhere'))).toThrow('ENOENT');
});

it.each(['open to others', 'a link', 'a file'])('refuses a directory that is %s', async (kind) => {
  if (kind === 'open to others') {
    mkdirSync(directory);
    chmodSync(directory, 0o777);
  }
  if (kind === 'a link') symlinkSync(tmux.directory, directory);
  if (kind === 'a file') writeFileSync(directory, '');

  await expect(prepareSocket(`${directory}/default`)).rejects.toThrow(RefusedError);
});

it('spares a file that is no socket', async () => {
  writeFileSync(tmux.path('notes'), 'precious');
  const server = tmux.connect({ socketPath: tmux.path('notes') });

  await expect(
    server.createSession({ name: 'a', command: ['env', 'cat'], cwd: tmux.directory }),
  ).rejects.toThrow(RefusedError);
  expect(readFileSync(tmux.path('notes'), 'utf8')).toBe('precious');
});

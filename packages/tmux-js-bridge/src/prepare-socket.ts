import { lstat, mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { RefusedError } from './errors.js';

const command = 'new-session';

/**
 * Makes a socket path ready for a server, with what tmux does for its default socket and leaves out for a given one:
 * a `tmux-<uid>` directory is made if it is missing, and refused if others may use it.
 */
export async function prepareSocket(socketPath: string): Promise<void> {
  const directory = dirname(socketPath);
  const uid = process.getuid?.() ?? 0;
  if (basename(directory) === `tmux-${uid}`) {
    await makeDirectory(directory);
    await checkDirectory(directory, { uid });
  }
  await checkSocket(socketPath);
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new RefusedError(`couldn't create directory ${directory}`, { command, cause });
  }
}

async function checkDirectory(directory: string, { uid }: { uid: number }): Promise<void> {
  const stats = await lstat(directory);
  if (stats.isDirectory() && stats.uid === uid && (stats.mode & 0o007) === 0) return;
  throw new RefusedError(`directory ${directory} has unsafe permissions`, { command });
}

// A starting server removes whatever is at its path.
async function checkSocket(socketPath: string): Promise<void> {
  const stats = await lstat(socketPath).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new RefusedError(`${socketPath} can't be looked at`, { command, cause });
  });
  if (!stats || stats.isSocket()) return;
  throw new RefusedError(`${socketPath} is there and is no socket`, { command });
}

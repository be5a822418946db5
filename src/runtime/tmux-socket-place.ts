import { access, constants, lstat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname } from 'node:path';
import { errorCode } from '../session/error-code.js';
import type { Finding } from '../session/finding.js';
import { broken, warning } from '../session/make-finding.js';
import { quoteWord } from '../session/quote-word.js';

const CHECK = 'socket';
const OWN_PLACE = 'set TMUX_TMPDIR to a directory of your own, or name a socket with --tmux-socket';

/** What is wrong with the place of a tmux socket, whether or not a server listens there; null if nothing is. */
export async function checkSocketPlace(socketPath: string): Promise<Finding | null> {
  const uid = process.getuid?.() ?? 0;
  const directory = dirname(socketPath);
  // tmux makes and guards a directory of this name alone.
  const inDirectory = basename(directory) === `tmux-${uid}` ? await checkDirectory(directory, uid) : null;
  return inDirectory ?? checkSocket(socketPath, uid);
}

async function checkDirectory(directory: string, uid: number): Promise<Finding | null> {
  const stats = await inspect(directory);
  if (!stats) return checkParent(dirname(directory));
  if (!stats.isDirectory())
    return broken(CHECK, `${directory} is no directory`, `rm ${quoteWord(directory)}`);
  if (stats.uid !== uid) return broken(CHECK, `${directory} belongs to user ${stats.uid}`, OWN_PLACE);
  if ((stats.mode & 0o007) === 0) return null;
  return broken(
    CHECK,
    `tmux refuses ${directory}, because others may use it: its mode is ${(stats.mode & 0o777).toString(8)}`,
    `chmod 700 ${quoteWord(directory)}`,
  );
}

async function checkParent(parent: string): Promise<Finding | null> {
  try {
    await access(parent, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return broken(CHECK, `tmux can't make its directory in ${parent}`, OWN_PLACE);
  }
}

async function checkSocket(socketPath: string, uid: number): Promise<Finding | null> {
  const stats = await inspect(socketPath);
  if (!stats) return null;
  if (!stats.isSocket()) {
    return broken(CHECK, `${socketPath} is there and is no socket`, `move it away, or ${OWN_PLACE}`);
  }
  if (stats.uid === uid) return null;
  return warning(
    CHECK,
    `the server on ${socketPath} belongs to user ${stats.uid}: what is spawned there runs as that user`,
    'run vitals as that user, or name another socket with --tmux-socket',
  );
}

async function inspect(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    // What can't be looked at tells of itself when the server is asked.
    if (errorCode(error) === null) throw error;
    return null;
  }
}

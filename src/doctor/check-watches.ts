import { watch, type FSWatcher } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { leaseDirectory, requestDirectory } from '../lease/lease-layout.js';
import { journalDirectory } from '../journal/segments.js';
import { errorCode } from '../session/error-code.js';
import type { Finding } from '../session/finding.js';
import { ok, warning } from '../session/make-finding.js';
import { listRooms } from '../store/list-rooms.js';
import type { Checkup } from './checkup.js';

/** What is asked of the system: to watch a directory, and for a number in a file. */
export interface WatchSystem {
  open: (directory: string) => Pick<FSWatcher, 'close'>;
  readLimit: (path: string) => Promise<number>;
}

const SYSTEM: WatchSystem = {
  open: (directory) => watch(directory, { persistent: false }),
  readLimit: readNumber,
};

const LATE = 'changes are seen at the next pass alone, 10 s apart unless told';

/** Whether Linux lets this user watch as much as the loop does, by doing it for a moment. */
export async function checkWatches(
  { layout }: Pick<Checkup, 'layout'>,
  system: WatchSystem = SYSTEM,
): Promise<Finding[]> {
  if (platform() !== 'linux') return [];
  const roots = [layout.sessionsDirectory, layout.hooksDirectory];
  const projects = (await Promise.all([...roots, layout.exitsDirectory].map(listRooms))).flat();
  const { home } = layout;
  const others = [leaseDirectory(home), requestDirectory(home), journalDirectory(home), '/dev/pts'];
  const directories = [...roots, ...projects, ...others];
  const watches = await readLimits('watches', system);
  const refusal = tryAll(directories, system);
  if (refusal === null) {
    return [ok('watches', `the loop takes ${directories.length} of ${watches} inotify watches`)];
  }
  const isWatches = refusal === 'ENOSPC';
  const limit = isWatches ? watches : await readLimits('instances', system);
  const found = `this user's ${limit} inotify ${isWatches ? 'watches' : 'instances'} are all in use: ${LATE}`;
  const cure = isWatches ? 'max_user_watches=524288' : 'max_user_instances=1024';
  return [warning('watches', found, `sudo sysctl fs.inotify.${cure}`)];
}

/** Why not all of them can be watched, as a system's code; null if they can. What is not there yet does not count. */
function tryAll(directories: readonly string[], { open }: WatchSystem): 'ENOSPC' | 'EMFILE' | null {
  const watchers: Pick<FSWatcher, 'close'>[] = [];
  try {
    for (const directory of directories) {
      try {
        watchers.push(open(directory));
      } catch (error) {
        const code = errorCode(error);
        if (code === 'ENOSPC' || code === 'EMFILE') return code;
        if (code === null) throw error;
      }
    }
    return null;
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

/** A user namespace, as that of a container, has limits of its own below those of the machine. */
async function readLimits(what: 'watches' | 'instances', { readLimit }: WatchSystem): Promise<number> {
  const files = [`/proc/sys/fs/inotify/max_user_${what}`, `/proc/sys/user/max_inotify_${what}`];
  return Math.min(...(await Promise.all(files.map(readLimit))));
}

async function readNumber(path: string): Promise<number> {
  try {
    return Number(await readFile(path, 'utf8'));
  } catch (error) {
    // Not every system has both.
    if (errorCode(error) === null) throw error;
    return Number.POSITIVE_INFINITY;
  }
}

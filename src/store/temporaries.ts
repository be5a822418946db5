import { readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { fileFailure } from './file-failure.js';

/** How the names of the unfinished files begin that `writeAtomically` leaves if its process is killed. */
export const temporaryPrefix = (name: string): string => `.${name}.`;

/** Removes what killed writers of a file left beside it. Nobody may be writing that file. */
export async function removeTemporaries(path: string): Promise<void> {
  const directory = dirname(path);
  const prefix = temporaryPrefix(basename(path));
  try {
    for (const name of await readdir(directory)) {
      if (name.startsWith(prefix) && name.endsWith('.tmp')) await unlink(join(directory, name));
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileFailure('tidy up', directory, error);
  }
}

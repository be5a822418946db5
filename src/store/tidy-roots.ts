import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readProcess } from '../process/read-process.js';
import { errorCode } from '../session/error-code.js';
import { fileFailure } from './file-failure.js';
import type { HomeLayout } from './home-layout.js';

/** Clears away the notes on processes that are gone (`roots/`); returns them. */
export async function tidyRoots({ rootsDirectory }: HomeLayout): Promise<string[]> {
  const tidied: string[] = [];
  for (const name of await listPids(rootsDirectory)) {
    if (readProcess(Number(name)).type !== 'gone') continue;
    const path = join(rootsDirectory, name);
    try {
      await unlink(path);
      tidied.push(path);
    } catch (error) {
      // Another one cleared it away.
      if (errorCode(error) !== 'ENOENT') throw fileFailure('remove', path, error);
    }
  }
  return tidied;
}

async function listPids(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && /^\d+$/.test(entry.name)).map(({ name }) => name);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw fileFailure('tidy up', directory, error);
  }
}

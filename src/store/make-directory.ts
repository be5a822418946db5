import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { fileFailure } from './file-failure.js';
import { syncDirectory } from './sync-directory.js';

/**
 * Makes a directory and its missing parents, for the owner alone, so that they survive a loss of power.
 * With `root`, a parent of `path`, so does what was there already between the two.
 */
export async function makeDirectory(path: string, { root }: { root?: string } = {}): Promise<void> {
  try {
    const missing = await findMissing(path);
    for (const directory of missing) await makeOne(directory);
    const tops = [dirname(missing[0] ?? `${path}/.`), root ?? path];
    await syncAbove(path, Math.min(...tops.map(({ length }) => length)));
  } catch (error) {
    throw fileFailure('make the directory', path, error);
  }
}

/** What is not there yet, parents first. Node's own recursive mkdir never ends where none can be made, as in /proc. */
async function findMissing(path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let directory = path; !(await isThere(directory)); directory = dirname(directory))
    missing.unshift(directory);
  return missing;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function makeOne(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    // Another process made it in the meantime.
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

async function syncAbove(path: string, topLength: number): Promise<void> {
  for (let parent = path; parent.length > topLength;) {
    parent = dirname(parent);
    await syncDirectory(parent);
  }
}

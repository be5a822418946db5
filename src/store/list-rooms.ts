import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { fileFailure } from './file-failure.js';

/** The directories of a home; none if there is no home yet. */
export async function listRooms(home: string): Promise<string[]> {
  try {
    const entries = await readdir(home, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(home, name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw fileFailure('list', home, error);
  }
}

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { listRooms } from './list-rooms.js';

/** Finds the unfinished files in a home's rooms that were last written before a moment (epoch ms); it removes none. */
export async function findLeftovers(home: string, { before }: { before: number }): Promise<string[]> {
  const rooms = await listRooms(home);
  const folders = [...rooms, ...(await Promise.all(rooms.map(listRooms))).flat()];
  const names = await Promise.all(folders.map(listTemporaries));
  const old = await Promise.all(
    names.flat().map(async (path) => ((await modifiedMs(path)) < before ? [path] : [])),
  );
  return old.flat();
}

async function listTemporaries(folder: string): Promise<string[]> {
  const names = await unlessGone(readdir(folder), []);
  return names
    .filter((name) => name.startsWith('.') && name.endsWith('.tmp'))
    .map((name) => join(folder, name));
}

const modifiedMs = async (path: string): Promise<number> =>
  unlessGone(
    stat(path).then(({ mtimeMs }) => mtimeMs),
    Number.POSITIVE_INFINITY,
  );

async function unlessGone<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return otherwise;
    throw error;
  }
}

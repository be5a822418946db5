import { stat } from 'node:fs/promises';
import { errorCode } from '../session/error-code.js';
import { fileFailure } from './file-failure.js';
import type { HomeLayout } from './home-layout.js';
import { listRooms } from './list-rooms.js';

/** A directory of a home that others than its owner have access to; `mode` is octal, as of chmod(1). */
export interface OpenPlace {
  path: string;
  mode: string;
}

/** The home and its rooms, as far as others have access to them: this program makes them for their owner alone. */
export async function findOpenPlaces({ home }: Pick<HomeLayout, 'home'>): Promise<OpenPlace[]> {
  const places = await Promise.all([home, ...(await listRooms(home))].map(inspect));
  return places.filter((place) => place !== null);
}

async function inspect(path: string): Promise<OpenPlace | null> {
  try {
    const { mode } = await stat(path);
    return (mode & 0o077) === 0 ? null : { path, mode: (mode & 0o777).toString(8) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw fileFailure('look at', path, error);
  }
}

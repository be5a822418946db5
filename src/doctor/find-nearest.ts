import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../session/error-code.js';

/** A path, or the nearest one above it that is there. */
export async function findNearest(path: string): Promise<{ path: string; stats: Stats }> {
  try {
    return { path, stats: await stat(path) };
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
    if (!isMissing || dirname(path) === path) throw error;
    return findNearest(dirname(path));
  }
}

import { open } from 'node:fs/promises';
import { errorCode } from '../session/error-code.js';

/** Makes the names in a directory (created, renamed, removed) survive a loss of power. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems have no such thing as syncing a directory and say so with EINVAL.
    if (errorCode(error) !== 'EINVAL') throw error;
  } finally {
    await handle.close();
  }
}

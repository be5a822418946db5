import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { constants as os } from 'node:os';
import { errorCode } from '../session/error-code.js';
import { UNKNOWN_EXIT, type Exit } from '../session/exit.js';

const MAX_BYTES = 16;

/** How a launched program ended, by its exit file; unknown if there is none. */
export async function readExitFile(path: string | null): Promise<Exit> {
  if (path === null) return UNKNOWN_EXIT;
  try {
    // A pipe or a link may lie there: neither is waited for nor followed.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      const stats = await file.stat();
      const isNote = stats.isFile() && stats.size <= MAX_BYTES;
      return isNote ? parseExitStatus(await file.readFile('utf8')) : UNKNOWN_EXIT;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(errorCode(error) ?? '')) return UNKNOWN_EXIT;
    throw error;
  }
}

/** Reads an exit status as a shell has it in `$?`: above 128 it is a signal's number plus 128. */
export function parseExitStatus(text: string): Exit {
  const [, digits] = /^(\d{1,3})\n$/.exec(text) ?? [];
  if (digits === undefined) return UNKNOWN_EXIT;
  const status = Number(digits);
  const signal = Object.entries(os.signals).find(([, number]) => number === status - 128)?.[0];
  return signal ? { code: null, signal } : { code: status, signal: null };
}

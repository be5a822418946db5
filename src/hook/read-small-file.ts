import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { errorCode } from '../session/error-code.js';

/** What open() says where no file of ours can be: nothing, a link, a socket, or what may not be read. */
const ABSENT: ReadonlySet<string | null> = new Set([
  ...['ENOENT', 'ENOTDIR', 'ELOOP', 'EMLINK', 'ENXIO', 'ENODEV', 'EACCES', 'EPERM'],
]);

/** The text of a regular file of at most `maxBytes`, and when it was last touched; null if there is none. */
export function readSmallFile(path: string, maxBytes: number): { text: string; mtimeMs: number } | null {
  let file: number;
  try {
    // A pipe that lies there would be waited for.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    if (!ABSENT.has(errorCode(error))) throw error;
    return null;
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > maxBytes) return null;
    const bytes = Buffer.alloc(stats.size);
    return { text: bytes.toString('utf8', 0, readSync(file, bytes)), mtimeMs: stats.mtimeMs };
  } finally {
    closeSync(file);
  }
}

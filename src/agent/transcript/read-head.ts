import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { unlessMissing } from './transcript-access.js';
import { TranscriptError } from './transcript-error.js';
import { resolveInside } from './transcript-file.js';

/** The first `bytes` bytes of a regular file, as text; null if it is missing. Rejects with a `TranscriptError`. */
export async function readHead(
  path: string,
  { root, bytes }: { root: string; bytes: number },
): Promise<string | null> {
  return unlessMissing(path, async () => {
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
    const file = await open(await resolveInside(path, root), flags);
    try {
      if (!(await file.stat()).isFile())
        throw new TranscriptError({ path, message: 'it is no regular file' });
      const buffer = Buffer.allocUnsafe(bytes);
      const { bytesRead } = await file.read(buffer, 0, bytes, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  });
}

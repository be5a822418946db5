import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { unlessMissing } from './transcript-access.js';
import { TranscriptError } from './transcript-error.js';

const FIRST_BYTES = 64 * 1024;
const MOST_BYTES = 4 * 1024 * 1024;
const GROWTH = 4;
const NEWLINE = 0x0a;

/** Decides from whole lines, newest first; null if they don't suffice. With `isWhole` no earlier ones will come. */
export type Decide<T> = (newestFirst: Iterable<string>, options: { isWhole: boolean }) => T | null;

/**
 * Reads a file of lines from its end, at first 64 KiB and then ever more up to 4 MiB, until `decide` has an answer. Lines
 * that are cut off at either end are left out. Null if there is no answer, or no file; rejects with a `TranscriptError`.
 */
export async function readTail<T>(
  path: string,
  { decide, signal }: { decide: Decide<T>; signal: AbortSignal },
): Promise<T | null> {
  return unlessMissing(path, async () => {
    // A FIFO in a transcript's place would otherwise keep a thread of the file pool for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new TranscriptError({ path, message: 'it is no regular file' });
      for (let bytes = FIRST_BYTES; ; bytes *= GROWTH) {
        signal.throwIfAborted();
        const start = Math.max(0, stat.size - bytes);
        const tail = await readFrom(file, { start, bytes: stat.size - start });
        const isLast = start === 0 || bytes >= MOST_BYTES;
        const answer = decide(linesOf(tail, { isCut: start > 0 }), { isWhole: isLast });
        if (answer !== null || isLast) return answer;
      }
    } finally {
      await file.close();
    }
  });
}

async function readFrom(
  file: FileHandle,
  { start, bytes }: { start: number; bytes: number },
): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  let filled = 0;
  while (filled < bytes) {
    const { bytesRead } = await file.read(buffer, filled, bytes - filled, start + filled);
    // The file was shortened since its size was read.
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function* linesOf(bytes: Buffer, { isCut }: { isCut: boolean }): Generator<string, undefined> {
  let end = bytes.lastIndexOf(NEWLINE);
  while (end >= 0) {
    const before = end === 0 ? -1 : bytes.lastIndexOf(NEWLINE, end - 1);
    if (before < 0 && isCut) return;
    yield bytes.toString('utf8', before + 1, end);
    end = before;
  }
}

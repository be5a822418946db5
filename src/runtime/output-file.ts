import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { errorCode } from '../session/error-code.js';
import type { Signs } from './runtime.js';

const BELL = 7;
const BELL_WINDOW_BYTES = 256;
const CAPTURE_BYTES = 64 * 1024;

/** What a program's output file shows of it: a bell counts as long as next to nothing was printed after it. */
export function readSigns(path: string): Promise<Signs | null> {
  return withFile(path, null, async (file) => {
    const { mtimeMs } = await file.stat();
    const tail = await readTail(file, BELL_WINDOW_BYTES);
    return { lastOutputAt: new Date(mtimeMs).toISOString(), title: '', bell: tail.includes(BELL) };
  });
}

/** The end of a program's output. */
export const readOutput = (path: string): Promise<string> =>
  withFile(path, '', async (file) => (await readTail(file, CAPTURE_BYTES)).toString('utf8'));

async function withFile<T>(path: string, none: T, read: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle;
  try {
    // A pipe that lies there would be waited for.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return none;
    throw error;
  }
  try {
    return (await file.stat()).isFile() ? await read(file) : none;
  } finally {
    await file.close();
  }
}

async function readTail(file: FileHandle, bytes: number): Promise<Buffer> {
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read({
    buffer: Buffer.alloc(Math.min(size, bytes)),
    position: Math.max(0, size - bytes),
  });
  return buffer.subarray(0, bytesRead);
}

import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { unlessMissing } from './transcript-access.js';
import { TranscriptError } from './transcript-error.js';
import { resolveInside } from './transcript-file.js';
import type { TranscriptFormat } from './transcript-format.js';

const FIRST_BYTES = 64 * 1024;
const MOST_BYTES = 4 * 1024 * 1024;
const GROWTH = 4;
const NEWLINE = 0x0a;
/** How many bytes before the next line tell that the file still is what was read of it. */
const PROOF_BYTES = 64;

/** What has been read of a transcript, and where its next line begins. */
export interface TranscriptTail<State> {
  ino: number;
  offset: number;
  proof: Buffer;
  state: State;
  /** Whether any line could be read. */
  isReadable: boolean;
}

export interface TailOptions<State> {
  /** The agent's own folder, which no link may leave. */
  root: string;
  format: TranscriptFormat<State>;
  /** What was read before; only what was appended since is read again. */
  before: TranscriptTail<State> | null;
  signal: AbortSignal;
}

/**
 * Reads what was appended to a transcript. Of one that is new, replaced or cut, and of an addition over 4 MiB, it reads the
 * end: at first 64 KiB, then ever more up to 4 MiB, until the format is sure. Lines that are cut off at either end are left
 * out. Null if there is no file; rejects with a `TranscriptError`.
 */
export async function readTail<State>(
  path: string,
  options: TailOptions<State>,
): Promise<TranscriptTail<State> | null> {
  return unlessMissing(path, async () => {
    // A FIFO in a transcript's place would otherwise keep a thread of the file pool for ever.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
    const file = await open(await resolveInside(path, options.root), flags);
    try {
      const { size, ino, isFile } = await describe(file);
      if (!isFile) throw new TranscriptError({ path, message: 'it is no regular file' });
      return (await readOn(file, { size, ino }, options)) ?? (await readEnd(file, { size, ino }, options));
    } finally {
      await file.close();
    }
  });
}

async function describe(file: FileHandle): Promise<{ size: number; ino: number; isFile: boolean }> {
  const stat = await file.stat();
  return { size: stat.size, ino: stat.ino, isFile: stat.isFile() };
}

type Size = Pick<TranscriptTail<unknown>, 'ino'> & { size: number };

async function readOn<State>(
  file: FileHandle,
  { size, ino }: Size,
  { before, format }: TailOptions<State>,
): Promise<TranscriptTail<State> | null> {
  if (before?.ino !== ino || size < before.offset || size - before.offset > MOST_BYTES) return null;
  const start = before.offset - before.proof.length;
  const bytes = await readBytes(file, { start, length: size - start });
  if (!bytes.subarray(0, before.proof.length).equals(before.proof)) return null;
  return take(before, { bytes, start, from: before.proof.length, format });
}

async function readEnd<State>(
  file: FileHandle,
  { size, ino }: Size,
  { format, signal }: TailOptions<State>,
): Promise<TranscriptTail<State>> {
  for (let length = FIRST_BYTES; ; length *= GROWTH) {
    signal.throwIfAborted();
    const start = Math.max(0, size - length);
    const bytes = await readBytes(file, { start, length: size - start });
    const blank = { ino, offset: start, proof: Buffer.alloc(0), state: format.start, isReadable: false };
    const tail = take(blank, { bytes, start, from: start === 0 ? 0 : bytes.indexOf(NEWLINE) + 1, format });
    if (start === 0 || length >= MOST_BYTES || format.isSure(tail.state)) return tail;
  }
}

async function readBytes(
  file: FileHandle,
  { start, length }: { start: number; length: number },
): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, start + filled);
    // The file was shortened since its size was read.
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function take<State>(
  before: TranscriptTail<State>,
  {
    bytes,
    start,
    from,
    format,
  }: { bytes: Buffer; start: number; from: number; format: TranscriptFormat<State> },
): TranscriptTail<State> {
  let { state, isReadable } = before;
  let next = from;
  for (let end = bytes.indexOf(NEWLINE, next); end >= 0; end = bytes.indexOf(NEWLINE, next)) {
    const read = format.read(state, bytes.toString('utf8', next, end));
    state = read ?? state;
    isReadable ||= read !== null;
    next = end + 1;
  }
  const proof = copy(bytes.subarray(Math.max(0, next - PROOF_BYTES), next));
  return { ino: before.ino, offset: start + next, proof, state, isReadable };
}

/** A copy in memory of its own: else it would keep the buffer that it is part of, or the pool that small ones share. */
function copy(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}

import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs';
import { messageOf } from '../session/message-of.js';

const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW;

/** A file that only ever grows by what was written whole. Each call is done when it returns. */
export class AppendFile {
  readonly #fd: number;
  readonly #inode: number;
  #length: number;
  /** A part of something may stand at its end, and must go before anything comes after it. */
  #isTorn = false;

  /** Opens what is there, and takes away all after `length` bytes. */
  constructor(
    readonly path: string,
    { length }: { length: number },
  ) {
    this.#fd = openSync(path, APPEND);
    this.#length = length;
    const { size, ino } = fstatSync(this.#fd);
    this.#isTorn = size !== length;
    this.#inode = ino;
  }

  /** Whether whoever opens its path finds this very file. */
  get isInPlace(): boolean {
    return statSync(this.path, { throwIfNoEntry: false })?.ino === this.#inode;
  }

  get length(): number {
    return this.#length;
  }

  /** Appends the parts one after another; what can't be written whole leaves nothing. @returns how many were written. */
  append(parts: readonly Buffer[]): { written: number; error: unknown } {
    try {
      this.#mend();
      writeFully(this.#fd, parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts));
    } catch (error) {
      return this.#keepWhole(parts, error);
    }
    for (const part of parts) this.#length += part.length;
    return { written: parts.length, error: null };
  }

  sync(): void {
    fsyncSync(this.#fd);
  }

  close(): void {
    closeSync(this.#fd);
  }

  /** What a reader may have seen whole must stay; what is torn must go, at the latest before the next part comes. */
  #keepWhole(parts: readonly Buffer[], error: unknown): { written: number; error: unknown } {
    if (this.#isTorn) return { written: 0, error };
    this.#isTorn = true;
    const size = fstatSync(this.#fd).size;
    let written = 0;
    for (const part of parts) {
      if (this.#length + part.length > size) break;
      this.#length += part.length;
      written += 1;
    }
    try {
      this.#mend();
    } catch (mendError) {
      return { written, error: new AggregateError([error, mendError], messageOf(error)) };
    }
    return { written, error };
  }

  #mend(): void {
    if (!this.#isTorn) return;
    ftruncateSync(this.#fd, this.#length);
    this.#isTorn = false;
  }
}

function writeFully(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
}

import { print } from './print.js';

/** What a pipe takes whole or not at all, `PIPE_BUF`: 4096 on Linux, at least 512 anywhere. Source: pipe(7), POSIX. */
const ATOMIC_BYTES = process.platform === 'linux' ? 4_096 : 512;

/** Prints lines of JSON so that it is always known whether a part of one was written and the rest was not. */
export class LinePrinter {
  #isClosed = false;
  #isWithinLine = false;

  /** Whether the reader has a part of a line. */
  get isWithinLine(): boolean {
    return this.#isWithinLine;
  }

  /** Writes a value as a line; resolves to whether it did: once this is closed, it begins none. @throws {OutputError} */
  async print(value: unknown): Promise<boolean> {
    if (this.#isClosed) return false;
    const line = Buffer.from(`${JSON.stringify(value)}\n`);
    for (let start = 0; start < line.length; start += ATOMIC_BYTES) {
      const end = start + ATOMIC_BYTES;
      await print(line.subarray(start, end));
      this.#isWithinLine = end < line.length;
    }
    return true;
  }

  /** Lets the line that was begun be the last. */
  close(): void {
    this.#isClosed = true;
  }
}

import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { parseCursor } from '../session/place.js';
import type { StoreError } from '../store/errors.js';
import { fileFailure } from '../store/file-failure.js';
import { EmptyCursorFileError, ForeignCursorFileError } from './errors.js';

const ELSEWHERE = { elsewhere: 'choose another file with --cursor-file' };

/**
 * Where a reader keeps how far it came. What is noted survives the end of the process some milliseconds later, and a loss
 * of power as far as the system wrote it out by then: forcing it out would take longer, and a killed reader repeat more.
 */
export class CursorFile {
  readonly path: string;
  /** Rejects as soon as a cursor can't be written; it never resolves. */
  readonly failed: Promise<never>;
  #noted: string | null = null;
  #written: string | null = null;
  #writing: Promise<void> | null = null;
  #failure: StoreError | null = null;
  #fail: (failure: StoreError) => void = () => undefined;

  constructor(path: string) {
    this.path = resolve(path);
    this.failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    // Who does not wait for it has the error from `note` and `flush`.
    this.failed.catch(() => undefined);
  }

  /** The cursor in it; null if there is no such file. @throws {EmptyCursorFileError | ForeignCursorFileError | StoreError} */
  async read(): Promise<string | null> {
    const text = await this.#readText();
    if (text === null || parseCursor(text)) return text;
    // Some file systems keep the length of what they lost.
    if (/^\0*$/.test(text)) throw new EmptyCursorFileError(this.path);
    throw new ForeignCursorFileError(this.path, text);
  }

  /** Notes a cursor; of those that come while one is being written, the last counts. @throws {StoreError} if one failed. */
  note(cursor: string): void {
    if (this.#failure) throw this.#failure;
    this.#noted = cursor;
    this.#writing ??= this.#write();
  }

  /** Resolves once the last cursor is in the file. @throws {StoreError} if one failed. */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#failure) throw this.#failure;
  }

  async #readText(): Promise<string | null> {
    try {
      return (await readFile(this.path, 'utf8')).trim();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw fileFailure('read the cursor', this.path, error, ELSEWHERE);
    }
  }

  async #write(): Promise<void> {
    const temporary = `${this.path}.${randomBytes(8).toString('hex')}.tmp`;
    try {
      while (this.#noted !== null && this.#noted !== this.#written) {
        const cursor = this.#noted;
        await writeFile(temporary, `${cursor}\n`, { mode: 0o600, flag: 'wx' });
        await rename(temporary, this.path);
        this.#written = cursor;
      }
      this.#writing = null;
    } catch (error) {
      this.#failure = fileFailure('write the cursor', this.path, error, ELSEWHERE);
      this.#fail(this.#failure);
      await removeIfThere(temporary);
    }
  }
}

/** It may be that it was never made, and for the same reason can't be removed: who failed to write it says why. */
async function removeIfThere(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    if (errorCode(error) === null) throw error;
  }
}

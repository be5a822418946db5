import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { StoreError } from '../store/errors.js';
import { fileFailure } from '../store/file-failure.js';

/**
 * Where a reader keeps how far it came. What is noted survives the end of the process some milliseconds later, and a loss
 * of power as far as the system wrote it out by then: forcing it out would take longer, and a killed reader repeat more.
 */
export class CursorFile {
  readonly path: string;
  #noted: string | null = null;
  #written: string | null = null;
  #writing: Promise<void> | null = null;
  #failure: StoreError | null = null;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /** The cursor in it; null if there is no such file. @throws {StoreError} also if it is empty. */
  async read(): Promise<string | null> {
    const text = await this.#readText();
    if (text !== '') return text;
    // What is not forced to the disk may come back empty; to begin with now would lose events in silence.
    throw new StoreError(
      `the cursor file ${this.path} is empty, as a loss of power may leave it: remove it, and begin with --since`,
      { path: this.path },
    );
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
      throw fileFailure('read the cursor', this.path, error);
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
      await rm(temporary, { force: true });
      this.#failure = fileFailure('write the cursor', this.path, error);
    }
  }
}

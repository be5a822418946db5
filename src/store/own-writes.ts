import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { errorCode } from '../session/error-code.js';

interface OwnWrite {
  stamp: string;
  writtenBy: string;
}

/** What was written last through this process, so that a watcher can tell its own echo from news. */
export class OwnWrites {
  readonly #last = new Map<string, OwnWrite>();

  /** Notes what is about to be put in place; a file keeps its stamp when it is renamed. */
  note(path: string, stats: BigIntStats, writtenBy: string): void {
    this.#last.set(path, { stamp: stampOf(stats), writtenBy });
  }

  /** Whether this file is still what `writtenBy` wrote last. */
  async isEcho(path: string, writtenBy: string): Promise<boolean> {
    const last = this.#last.get(path);
    if (last?.writtenBy !== writtenBy) return false;
    const stamp = await readStamp(path);
    if (stamp === last.stamp) return true;
    // It is somebody else's now, or gone; a newer write of ours may have come meanwhile.
    if (this.#last.get(path) === last) this.#last.delete(path);
    return false;
  }
}

async function readStamp(path: string): Promise<string | null> {
  try {
    return stampOf(await lstat(path, { bigint: true }));
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}

const stampOf = ({ dev, ino, size, mtimeNs }: BigIntStats): string => [dev, ino, size, mtimeNs].join(':');

import { lstatSync, type Stats } from 'node:fs';
import type { HookNotes } from '../agent/hook-note.js';
import { errorCode } from '../session/error-code.js';
import { sessionKey, type SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import type { HomeLayout } from '../store/home-layout.js';
import { readHookNote } from './read-hook-note.js';
import type { StoredHookNote } from './stored-hook-note.js';

interface Known {
  stats: Stats;
  note: StoredHookNote | null;
}

/** The notes that agents' hooks left in a home; one that didn't change is read once. */
export class HookFiles implements HookNotes {
  readonly #layout: HomeLayout;
  readonly #known = new Map<string, Known>();

  constructor({ layout }: { layout: HomeLayout }) {
    this.#layout = layout;
  }

  /** How many notes are remembered. */
  get size(): number {
    return this.#known.size;
  }

  forget(key: SessionKey): void {
    this.#known.delete(this.#layout.hookFile(key));
  }

  /** The last note of a session's agent; null if none has spoken since the session began. */
  latest(session: Session): Promise<StoredHookNote | null> {
    return new Promise((resolve) => resolve(this.#latest(session)));
  }

  lasting(session: Session): () => boolean {
    const path = this.#layout.hookFile(sessionKey(session));
    const before = readStats(path);
    return () => {
      const now = readStats(path);
      return before && now ? isSameFile(before, now) : before === now;
    };
  }

  #latest(session: Session): StoredHookNote | null {
    const path = this.#layout.hookFile(sessionKey(session));
    const note = this.#read(path);
    if (!note || (session.agent !== 'screen' && note.agent !== session.agent)) return null;
    // What an earlier session of this name left is not about this one.
    return Date.parse(note.at) < Date.parse(session.createdAt) ? null : note;
  }

  #read(path: string): StoredHookNote | null {
    const stats = readStats(path);
    if (!stats) {
      this.#known.delete(path);
      return null;
    }
    const known = this.#known.get(path);
    if (known && isSameFile(known.stats, stats)) return known.note;
    const note = readHookNote(path);
    this.#known.set(path, { stats, note });
    return note;
  }
}

/** One by one: for the many sessions without hooks that is a tenth of what the thread pool takes. */
function readStats(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) === 'EACCES') return undefined;
    throw error;
  }
}

const isSameFile = (one: Stats, other: Stats): boolean =>
  one.ino === other.ino &&
  one.mtimeMs === other.mtimeMs &&
  one.ctimeMs === other.ctimeMs &&
  one.size === other.size;

import { sessionKey, type SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { Recent } from './recent.js';

/** A session that was not looked at for so long is no rival any more: milliseconds. */
const FORGOTTEN_MS = 5 * 60_000;

/** An agent may take this long from its start to the beginning of its transcript: milliseconds. */
const SLOWEST_START_MS = 30_000;

/** The sessions of one agent, so that two of them in one directory are never taken for each other. */
export class Rivals {
  readonly #seen: Recent<string, { session: Session; atMs: number }>;

  constructor({ capacity }: { capacity: number }) {
    this.#seen = new Recent({ capacity });
  }

  /** How many sessions are remembered. */
  get size(): number {
    return this.#seen.size;
  }

  /** Notes that a session is looked at; `now` is epoch milliseconds. All of a pass are noted before any is answered. */
  note(session: Session, now: number): void {
    this.#seen.set(sessionKey(session), { session, atMs: now });
    this.#seen.dropWhile(({ atMs }) => now - atMs >= FORGOTTEN_MS);
  }

  /** Lets go of a session that has ended: what it held, another one may take up at once. */
  forget(key: SessionKey): void {
    this.#seen.delete(key);
  }

  /** The other sessions in a session's directory that were looked at lately. */
  of(session: Session, now: number): Session[] {
    const key = sessionKey(session);
    return this.#seen
      .values()
      .filter(({ session: other, atMs }) => isSameDirectory(session, other) && now - atMs < FORGOTTEN_MS)
      .map(({ session: other }) => other)
      .filter((other) => sessionKey(other) !== key);
  }
}

const isSameDirectory = (one: Session, other: Session): boolean =>
  one.workspacePath !== null && one.workspacePath === other.workspacePath;

/**
 * Whether a transcript that began at `startMs` in a session's directory can be no other session's: none began after the
 * session and before the transcript, and none that began before it can have been so slow.
 */
export function isOwnStart(session: Session, startMs: number, rivals: readonly Session[]): boolean {
  const beganMs = Date.parse(session.createdAt);
  return (
    startMs >= beganMs &&
    rivals.every((rival) => {
      const rivalMs = Date.parse(rival.createdAt);
      return rivalMs > beganMs ? rivalMs > startMs : startMs - rivalMs > SLOWEST_START_MS;
    })
  );
}

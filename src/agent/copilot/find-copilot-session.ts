import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listAncestors } from '../../process/list-ancestors.js';
import { readProcess } from '../../process/read-process.js';
import type { Clock } from '../../session/clock.js';
import { sessionKey, type SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { Recent } from '../recent.js';
import { unlessMissing } from '../transcript/transcript-access.js';
import { inspectTranscript } from '../transcript/transcript-file.js';
import type { FindOptions, TranscriptPlace } from '../transcript/transcript-source.js';

/** A listing serves every session that is looked at within this time: milliseconds. */
const LISTING_MS = 1_000;

/** A folder's time tells two changes apart only if they are further apart than this: milliseconds. */
const FOLDER_GRAIN_MS = 50;

/** `inuse.<pid>.lock`: this process holds the session. */
const LOCK = /^inuse\.(\d+)\.lock$/;

export interface CopilotSessionsOptions {
  /** Copilot's own folder. */
  root: string;
  clock: Clock;
  capacity: number;
}

/** One session of Copilot's that a process holds. */
interface Held {
  id: string;
  pid: number;
  /** When the process took it, epoch milliseconds. */
  sinceMs: number;
}

interface Folder {
  mtimeMs: number;
  readMs: number;
  held: Held[];
}

interface Place {
  pid: number;
  path: string;
  lastOutputAt: string | null;
}

/**
 * Finds the events of sessions, `session-state/<id>/events.jsonl`: of the session that a process below the program of ours
 * holds, by its `inuse.<pid>.lock`. After `/clear` the same process holds another one.
 */
export class CopilotSessions {
  readonly #root: string;
  readonly #clock: Clock;
  readonly #places: Recent<SessionKey, Place>;
  readonly #folders = new Map<string, Folder>();
  #listing: { atMs: number; held: Promise<Held[]> } | null = null;

  constructor({ root, clock, capacity }: CopilotSessionsOptions) {
    this.#root = root;
    this.#clock = clock;
    this.#places = new Recent({ capacity });
  }

  /** Rejects with a `TranscriptError`. */
  async find(session: Session, { isGone, lastOutputAt, processes }: FindOptions): Promise<TranscriptPlace> {
    const root = this.#root;
    const pid = session.agentProcess?.pid ?? processes.root?.pid;
    if (pid === undefined) return { path: null, detail: 'its process is not known' };
    const key = sessionKey(session);
    const known = isGone ? undefined : this.#places.get(key);
    // What has printed nothing since has begun no other session either.
    if (known?.pid === pid && lastOutputAt !== null && known.lastOutputAt === lastOutputAt)
      return { path: known.path, root };
    const id = (await this.#heldBelow(pid)) ?? session.agentSession;
    if (id === null) return { path: null, detail: `no session in ${this.#dir} is held by process ${pid}` };
    const path = join(this.#dir, id, 'events.jsonl');
    if (!(await inspectTranscript(path, root))) {
      return { path: null, detail: `session ${id} has no events before its first prompt` };
    }
    this.#places.set(key, { pid, path, lastOutputAt });
    return { path, root };
  }

  forget(key: SessionKey): void {
    this.#places.delete(key);
  }

  get #dir(): string {
    return join(this.#root, 'session-state');
  }

  /** The session that a process, or one below it, took last. */
  async #heldBelow(pid: number): Promise<string | null> {
    const held = (await this.#list()).filter(
      (one) =>
        (one.pid === pid || listAncestors(one.pid).includes(pid)) && readProcess(one.pid).type === 'running',
    );
    return held.toSorted((one, other) => other.sinceMs - one.sinceMs)[0]?.id ?? null;
  }

  #list(): Promise<Held[]> {
    const now = this.#clock.now();
    if (this.#listing && Math.abs(now - this.#listing.atMs) < LISTING_MS) return this.#listing.held;
    const held = this.#readAll(now);
    this.#listing = { atMs: now, held };
    return held;
  }

  async #readAll(now: number): Promise<Held[]> {
    const names = (await unlessMissing(this.#dir, (dir) => readdir(dir))) ?? [];
    const ids = names.filter((name) => !name.startsWith('.'));
    for (const id of this.#folders.keys()) if (!ids.includes(id)) this.#folders.delete(id);
    const held = await Promise.all(ids.map((id) => this.#readFolder(id, now)));
    return held.flat();
  }

  /** Of many old sessions, each costs no more than one look at its folder. */
  async #readFolder(id: string, now: number): Promise<Held[]> {
    const path = join(this.#dir, id);
    const folder = await inspectTranscript(path, this.#root);
    if (!folder) return [];
    const known = this.#folders.get(id);
    if (known?.mtimeMs === folder.mtimeMs && known.readMs - folder.mtimeMs > FOLDER_GRAIN_MS)
      return known.held;
    const names = (await unlessMissing(path, (existing) => readdir(existing))) ?? [];
    const held: Held[] = [];
    for (const name of names) {
      const pid = Number(LOCK.exec(name)?.[1]);
      const lock = Number.isNaN(pid) ? null : await inspectTranscript(join(path, name), this.#root);
      if (lock) held.push({ id, pid, sinceMs: lock.mtimeMs });
    }
    this.#folders.set(id, { mtimeMs: folder.mtimeMs, readMs: now, held });
    return held;
  }
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Clock } from '../../session/clock.js';
import { sessionKey, type SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { Recent } from '../recent.js';
import { isAdopted } from '../is-adopted.js';
import { isOwnStart, type Rivals } from '../rivals.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import { readHead } from '../transcript/read-head.js';
import { unlessMissing } from '../transcript/transcript-access.js';
import { inspectTranscript } from '../transcript/transcript-file.js';
import type { FindOptions, TranscriptPlace } from '../transcript/transcript-source.js';

const HEAD_BYTES = 4096;

const headerSchema = z.object({ type: z.literal('session'), id: z.string(), timestamp: z.string() });

export interface PiSessionsOptions {
  /** pi's own folder. */
  root: string;
  clock: Clock;
  rivals: Rivals;
  capacity: number;
  /** Whether a command goes on with an earlier session. */
  resumes: (command: readonly string[]) => boolean;
}

/** A file of the session's directory: when its conversation began, and when it was last written; epoch milliseconds. */
interface Candidate {
  path: string;
  startMs: number;
  mtimeMs: number;
}

/**
 * Finds the file of a session, `sessions/--<directory>--/<time>_<id>.jsonl`: the one that was begun in its directory since
 * it was started, and after `/new` the last of them. Where another pi runs there too, only one that can't be its.
 */
export class PiSessions {
  readonly #options: PiSessionsOptions;
  readonly #starts: Recent<string, number>;
  readonly #places: Recent<SessionKey, { path: string; lastOutputAt: string | null }>;

  constructor(options: PiSessionsOptions) {
    this.#options = options;
    this.#starts = new Recent({ capacity: options.capacity });
    this.#places = new Recent({ capacity: options.capacity });
  }

  /** Rejects with a `TranscriptError`. */
  async find(session: Session, { isGone, lastOutputAt }: FindOptions): Promise<TranscriptPlace> {
    const { root } = this.#options;
    const { workspacePath } = session;
    if (workspacePath === null) return { path: null, detail: 'its directory is not known' };
    const key = sessionKey(session);
    const known = isGone ? undefined : this.#places.get(key);
    // What has printed nothing since has begun no other session either.
    if (known && lastOutputAt !== null && known.lastOutputAt === lastOutputAt)
      return { path: known.path, root };
    const dir = join(root, 'sessions', `--${workspacePath.replace(/^\//, '').replace(/[/\\:]/g, '-')}--`);
    const own = this.#choose(session, await this.#list(dir));
    const [last, ...others] = own.toSorted((one, other) => other.startMs - one.startMs);
    if (!last) return { path: null, detail: `no session in ${dir} is surely its own yet` };
    if (others.length > 0 && this.#hasRivals(session))
      return { path: null, detail: `${own.length} sessions in ${dir} could be its own` };
    this.#places.set(key, { path: last.path, lastOutputAt });
    return { path: last.path, root, isGuess: true };
  }

  forget(key: SessionKey): void {
    this.#places.delete(key);
  }

  #hasRivals(session: Session): boolean {
    return this.#options.rivals.of(session, this.#options.clock.now()).length > 0;
  }

  #choose(session: Session, candidates: readonly Candidate[]): Candidate[] {
    const { rivals, clock, resumes } = this.#options;
    const others = rivals.of(session, clock.now());
    const begun = candidates.filter(({ startMs }) => isOwnStart(session, startMs, others));
    if (begun.length > 0 || others.length > 0) return begun;
    const mayBeOlder = isAdopted(session) || resumes(session.command);
    const beganMs = Date.parse(session.createdAt);
    const written = mayBeOlder ? candidates.filter(({ mtimeMs }) => mtimeMs >= beganMs) : [];
    return written.toSorted((one, other) => other.mtimeMs - one.mtimeMs).slice(0, 1);
  }

  async #list(dir: string): Promise<Candidate[]> {
    const names = (await unlessMissing(dir, (existing) => readdir(existing))) ?? [];
    const found: Candidate[] = [];
    for (const name of names.filter((one) => one.endsWith('.jsonl'))) {
      const path = join(dir, name);
      const file = await inspectTranscript(path, this.#options.root);
      const startMs = file && (await this.#readStart(path));
      if (file && startMs !== null) found.push({ path, startMs, mtimeMs: file.mtimeMs });
    }
    return found;
  }

  async #readStart(path: string): Promise<number | null> {
    const known = this.#starts.get(path);
    if (known !== undefined) return known;
    const head = await readHead(path, { root: this.#options.root, bytes: HEAD_BYTES });
    const header = head === null ? null : parseJsonLine(head.split('\n')[0] ?? '', headerSchema);
    if (!header) return null;
    const startMs = Date.parse(header.timestamp);
    this.#starts.set(path, startMs);
    return startMs;
  }
}

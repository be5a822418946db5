import { join } from 'node:path';
import { readdir } from 'node:fs/promises';
import * as z from 'zod';
import type { Clock } from '../../session/clock.js';
import type { SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { codexConversation, resumesCodex } from './codex-command.js';
import { FoundPlaces } from '../transcript/found-places.js';
import { isAdopted } from '../is-adopted.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import { readHead } from '../transcript/read-head.js';
import { Recent } from '../recent.js';
import { isOwnStart, type Rivals } from '../rivals.js';
import { unlessMissing } from '../transcript/transcript-access.js';
import { inspectTranscript } from '../transcript/transcript-file.js';
import type { FindOptions, TranscriptPlace } from '../transcript/transcript-source.js';

/** The first line holds the model's instructions, some 22 kB. */
const HEAD_BYTES = 1024 * 1024;
const DAY_MS = 24 * 3600 * 1000;

const metaSchema = z.object({
  type: z.literal('session_meta'),
  payload: z.object({ id: z.string(), timestamp: z.string(), cwd: z.string() }),
});

type Meta = z.infer<typeof metaSchema>['payload'];

export interface CodexRolloutsOptions {
  /** Codex's own folder. */
  root: string;
  clock: Clock;
  rivals: Rivals;
  capacity: number;
}

/**
 * Finds the rollouts of sessions, `sessions/Y/M/D/rollout-<time>-<id>.jsonl`: by the id that a command resumes, else by the
 * directory and the time at which the program started, which its first line holds.
 */
export class CodexRollouts {
  readonly #options: CodexRolloutsOptions;
  readonly #places: FoundPlaces;
  readonly #metas: Recent<string, Meta | null>;

  constructor(options: CodexRolloutsOptions) {
    this.#options = options;
    this.#places = new FoundPlaces({ capacity: options.capacity });
    this.#metas = new Recent({ capacity: options.capacity });
  }

  /** Rejects with a `TranscriptError`. */
  async find(session: Session, { isGone }: Pick<FindOptions, 'isGone'>): Promise<TranscriptPlace> {
    const { root } = this.#options;
    const id = session.agentSession ?? codexConversation(session.command);
    const known = this.#places.get(session, id);
    if (known !== undefined && !isGone) return { path: known, root };
    const found = id === null ? await this.#findByStart(session) : await this.#findById(id);
    if (found.path !== null) this.#places.set(session, id, found.path);
    return found;
  }

  forget(key: SessionKey): void {
    this.#places.forget(key);
  }

  async #findById(id: string): Promise<TranscriptPlace> {
    const { root } = this.#options;
    const path = (await this.#list(() => true)).find((candidate) => candidate.endsWith(`-${id}.jsonl`));
    return path === undefined ? { path: null, detail: `no rollout of ${id} in ${root} yet` } : { path, root };
  }

  async #findByStart(session: Session): Promise<TranscriptPlace> {
    const { root, clock, rivals } = this.#options;
    const { workspacePath } = session;
    if (workspacePath === null)
      return { path: null, detail: 'neither its rollout nor its directory is known' };
    const sinceMs = Date.parse(session.createdAt);
    // The folders are named after days of the local time.
    const paths = await this.#list((day) => day >= dayOf(sinceMs - DAY_MS));
    const others = rivals.of(session, clock.now());
    const mayBeOlder = others.length === 0 && (isAdopted(session) || resumesCodex(session.command));
    const own: string[] = [];
    for (const path of paths) {
      const meta = await this.#readMeta(path);
      if (meta?.cwd !== workspacePath) continue;
      const isStarted = isOwnStart(session, Date.parse(meta.timestamp), others);
      if (isStarted || (mayBeOlder && (await this.#isWrittenSince(path, sinceMs)))) own.push(path);
    }
    const [only, ...more] = own;
    if (only === undefined)
      return { path: null, detail: `no rollout in ${workspacePath} is surely its own yet` };
    if (more.length > 0)
      return { path: null, detail: `${own.length} rollouts in ${workspacePath} could be its own` };
    return { path: only, root };
  }

  async #isWrittenSince(path: string, sinceMs: number): Promise<boolean> {
    return ((await inspectTranscript(path, this.#options.root))?.mtimeMs ?? 0) >= sinceMs;
  }

  async #list(wanted: (day: string) => boolean): Promise<string[]> {
    const dir = join(this.#options.root, 'sessions');
    const paths = (await unlessMissing(dir, (existing) => readdir(existing, { recursive: true }))) ?? [];
    return paths
      .filter((path) => /^\d{4}\/\d{2}\/\d{2}\/rollout-.*\.jsonl$/.test(path) && wanted(path.slice(0, 10)))
      .map((path) => join(dir, path));
  }

  async #readMeta(path: string): Promise<Meta | null> {
    const known = this.#metas.get(path);
    if (known !== undefined) return known;
    const head = await readHead(path, { root: this.#options.root, bytes: HEAD_BYTES });
    const end = head?.indexOf('\n') ?? -1;
    // It is still being written.
    if (head === null || end < 0) return null;
    const meta = parseJsonLine(head.slice(0, end), metaSchema)?.payload ?? null;
    this.#metas.set(path, meta);
    return meta;
  }
}

function dayOf(ms: number): string {
  const date = new Date(ms);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}/${two(date.getMonth() + 1)}/${two(date.getDate())}`;
}

import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Clock } from '../../session/clock.js';
import type { SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { FoundPlaces } from '../transcript/found-places.js';
import { resumesGemini } from './gemini-command.js';
import { isAdopted } from '../is-adopted.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import { readHead } from '../transcript/read-head.js';
import { Recent } from '../recent.js';
import { isOwnStart, type Rivals } from '../rivals.js';
import { unlessMissing } from '../transcript/transcript-access.js';
import { inspectTranscript } from '../transcript/transcript-file.js';
import type { FindOptions, TranscriptPlace } from '../transcript/transcript-source.js';

const HEAD_BYTES = 4096;

const headerSchema = z.object({
  sessionId: z.string(),
  /** SHA-256 of the working directory. */
  projectHash: z.string(),
  startTime: z.string(),
  kind: z.string().optional(),
});

type Header = z.infer<typeof headerSchema>;

export interface GeminiChatsOptions {
  /** Gemini's own folder. */
  root: string;
  clock: Clock;
  rivals: Rivals;
  capacity: number;
}

/**
 * Finds the chats of sessions, `tmp/<project>/chats/session-*.jsonl`: by the session's id, else by the directory and the
 * time at which the program started, which the first line holds.
 */
export class GeminiChats {
  readonly #options: GeminiChatsOptions;
  readonly #places: FoundPlaces;
  readonly #headers: Recent<string, Header | null>;

  constructor(options: GeminiChatsOptions) {
    this.#options = options;
    this.#places = new FoundPlaces({ capacity: options.capacity });
    this.#headers = new Recent({ capacity: options.capacity });
  }

  /** Rejects with a `TranscriptError`. */
  async find(session: Session, { isGone }: Pick<FindOptions, 'isGone'>): Promise<TranscriptPlace> {
    const { root } = this.#options;
    const known = this.#places.get(session, session.agentSession);
    if (known !== undefined && !isGone) return { path: known, root };
    const found = await this.#search(session);
    if (found.path !== null) this.#places.set(session, session.agentSession, found.path);
    return found;
  }

  forget(key: SessionKey): void {
    this.#places.forget(key);
  }

  async #search(session: Session): Promise<TranscriptPlace> {
    const { root, rivals, clock } = this.#options;
    const { workspacePath, agentSession } = session;
    if (workspacePath === null && agentSession === null) {
      return { path: null, detail: 'neither its chat nor its directory is known' };
    }
    const hash = createHash('sha256')
      .update(workspacePath ?? '')
      .digest('hex');
    const others = rivals.of(session, clock.now());
    const mayBeOlder = others.length === 0 && (isAdopted(session) || resumesGemini(session.command));
    const own: string[] = [];
    for (const path of await this.#list()) {
      const header = await this.#readHeader(path);
      if (!header || header.kind === 'subagent') continue;
      if (agentSession === header.sessionId) return { path, root };
      if (agentSession !== null || header.projectHash !== hash) continue;
      const isStarted = isOwnStart(session, Date.parse(header.startTime), others);
      if (isStarted || (mayBeOlder && (await this.#isWrittenSince(path, session)))) own.push(path);
    }
    const [only, ...more] = own;
    if (only === undefined) return { path: null, detail: `no chat below ${root} is surely its own yet` };
    if (more.length > 0) return { path: null, detail: `${own.length} chats below ${root} could be its own` };
    return { path: only, root };
  }

  async #isWrittenSince(path: string, { createdAt }: Session): Promise<boolean> {
    return ((await inspectTranscript(path, this.#options.root))?.mtimeMs ?? 0) >= Date.parse(createdAt);
  }

  async #list(): Promise<string[]> {
    const dir = join(this.#options.root, 'tmp');
    const projects = (await unlessMissing(dir, (existing) => readdir(existing))) ?? [];
    const chats = await Promise.all(
      projects.map(async (project) => {
        const folder = join(dir, project, 'chats');
        const names = (await unlessMissing(folder, (existing) => readdir(existing))) ?? [];
        return names.filter((name) => /^session-.*\.jsonl$/.test(name)).map((name) => join(folder, name));
      }),
    );
    return chats.flat();
  }

  async #readHeader(path: string): Promise<Header | null> {
    const known = this.#headers.get(path);
    if (known !== undefined) return known;
    const head = await readHead(path, { root: this.#options.root, bytes: HEAD_BYTES });
    const end = head?.indexOf('\n') ?? -1;
    // It is still being written.
    if (head === null || end < 0) return null;
    const header = parseJsonLine(head.slice(0, end), headerSchema);
    this.#headers.set(path, header);
    return header;
  }
}

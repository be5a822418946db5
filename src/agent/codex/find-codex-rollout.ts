import { join } from 'node:path';
import { readdir } from 'node:fs/promises';
import * as z from 'zod';
import type { Clock } from '../../session/clock.js';
import { sessionKey, type SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { codexConversation, resumesCodex } from './codex-command.js';
import { FoundPlaces } from '../transcript/found-places.js';
import { isAdopted } from '../is-adopted.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import { readHead } from '../transcript/read-head.js';
import { readTail, type TranscriptTail } from '../transcript/transcript-tail.js';
import type { TranscriptFormat } from '../transcript/transcript-format.js';
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

/** As many of a rollout's last prompts are enough to tell it from others. */
const ENOUGH_PROMPTS = 8;

/** As many rollouts, the last ones written to, are searched for the prompts on a screen. */
const SEARCHED_ROLLOUTS = 40;

/** A prompt that was just taken may not be written yet; what is not found by then is searched for less often. */
const EAGER_MS = 5_000;
const PATIENT_MS = 10_000;

/** A prompt on a screen may be cut; one that long is known by its beginning. */
const LONG_PROMPT = 80;

const promptSchema = z.object({
  payload: z.union([
    z.object({ type: z.literal('user_message'), message: z.string() }).transform(({ message }) => message),
    z
      .object({
        type: z.literal('item_completed'),
        item: z.object({ type: z.literal('UserMessage'), content: z.array(z.object({ text: z.string() })) }),
      })
      .transform(({ item }) => item.content.map(({ text }) => text).join('')),
  ]),
});

/** The prompts that a rollout holds, without white space. */
const PROMPTS: TranscriptFormat<readonly string[]> = {
  start: [],
  read(prompts, line) {
    if (!/"(user_message|UserMessage)"/.test(line)) return prompts;
    const prompt = parseJsonLine(line, promptSchema)?.payload;
    return prompt === undefined ? prompts : [...prompts, squeeze(prompt)];
  },
  judge: () => null,
  isSure: (prompts) => prompts.length >= ENOUGH_PROMPTS,
};

/** What a screen's prompts were found to be, or when they were last searched for. */
interface Proof {
  shown: string;
  path: string | null;
  sinceMs: number;
  triedMs: number;
}

/**
 * Finds the rollouts of sessions, `sessions/Y/M/D/rollout-<time>-<id>.jsonl`: by the prompts that its screen shows, else by
 * the id that a hook or a command names, else by the directory and the time at which the program started, which its first
 * line holds. Since 0.171 one server may write the rollouts of all Codexes, so that no process tells whose they are.
 */
export class CodexRollouts {
  readonly #options: CodexRolloutsOptions;
  readonly #places: FoundPlaces;
  readonly #metas: Recent<string, Meta | null>;
  readonly #proofs: Recent<SessionKey, Proof>;
  readonly #prompts: Recent<string, TranscriptTail<readonly string[]>>;

  constructor(options: CodexRolloutsOptions) {
    this.#options = options;
    this.#places = new FoundPlaces({ capacity: options.capacity });
    this.#metas = new Recent({ capacity: options.capacity });
    this.#proofs = new Recent({ capacity: options.capacity });
    this.#prompts = new Recent({ capacity: options.capacity });
  }

  /** Rejects with a `TranscriptError`. */
  async find(
    session: Session,
    { isGone, prompts, signal }: Omit<FindOptions, 'lastOutputAt' | 'processes'>,
  ): Promise<TranscriptPlace> {
    const { root } = this.#options;
    const id = session.agentSession ?? codexConversation(session.command);
    if (prompts?.length === 0) {
      this.forget(sessionKey(session));
      return { path: null, detail: 'nothing was asked yet in the conversation on its screen' };
    }
    const known = this.#places.get(session, id);
    const proven =
      prompts && !isGone
        ? await this.#findByPrompts(session, prompts, { known: known ?? null, signal })
        : null;
    if (proven !== null) {
      this.#places.set(session, id, proven);
      return { path: proven, root };
    }
    if (known !== undefined && !isGone) return { path: known, root };
    const found = id === null ? await this.#findByStart(session) : await this.#findById(id);
    if (found.path !== null) this.#places.set(session, id, found.path);
    return found;
  }

  forget(key: SessionKey): void {
    this.#places.forget(key);
    this.#proofs.delete(key);
  }

  /** The one rollout whose last prompts are those on the screen; null where there is none, or more than one. */
  async #findByPrompts(
    session: Session,
    prompts: readonly string[],
    options: { known: string | null; signal: AbortSignal },
  ): Promise<string | null> {
    const now = this.#options.clock.now();
    const key = sessionKey(session);
    const shown = prompts.map(squeeze);
    const proof = this.#proofs.get(key);
    const isSame = proof?.shown === shown.join('\n');
    if (isSame && proof.path !== null) return proof.path;
    const sinceMs = isSame ? proof.sinceMs : now;
    if (isSame && now - sinceMs > EAGER_MS && now - proof.triedMs < PATIENT_MS) return null;
    const path = await this.#searchPrompts(session, shown, options);
    this.#proofs.set(key, { shown: shown.join('\n'), path, sinceMs, triedMs: now });
    return path;
  }

  async #searchPrompts(
    session: Session,
    shown: readonly string[],
    { known, signal }: { known: string | null; signal: AbortSignal },
  ): Promise<string | null> {
    if (known !== null && countMatches(shown, await this.#readPrompts(known, signal)) === shown.length)
      return known;
    const found: { path: string; count: number }[] = [];
    for (const path of await this.#listLatest()) {
      if ((await this.#readMeta(path))?.cwd !== session.workspacePath) continue;
      const count = countMatches(shown, await this.#readPrompts(path, signal));
      if (count > 0) found.push({ path, count });
    }
    const most = Math.max(...found.map(({ count }) => count));
    const best = found.filter(({ count }) => count === most).map(({ path }) => path);
    if (known !== null && best.includes(known)) return known;
    return best.length === 1 ? (best[0] ?? null) : null;
  }

  async #listLatest(): Promise<string[]> {
    const { root } = this.#options;
    const files = await Promise.all(
      (await this.#list(() => true)).map(async (path) => ({
        path,
        mtimeMs: (await inspectTranscript(path, root))?.mtimeMs ?? 0,
      })),
    );
    return files
      .toSorted((one, other) => other.mtimeMs - one.mtimeMs)
      .slice(0, SEARCHED_ROLLOUTS)
      .map(({ path }) => path);
  }

  async #readPrompts(path: string, signal: AbortSignal): Promise<readonly string[]> {
    const { root } = this.#options;
    const tail = await readTail(path, {
      root,
      format: PROMPTS,
      before: this.#prompts.get(path) ?? null,
      signal,
    });
    if (tail) this.#prompts.set(path, tail);
    return tail?.state ?? [];
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

const squeeze = (text: string): string => text.normalize('NFC').replace(/\s+/g, '');

/** How many of the prompts on a screen, from the last one back, are the last of a rollout. */
function countMatches(shown: readonly string[], written: readonly string[]): number {
  const isSame = (one: string, whole: string): boolean =>
    one === whole || (one.length >= LONG_PROMPT && whole.startsWith(one));
  const differs = shown
    .toReversed()
    .findIndex((prompt, back) => !isSame(prompt, written.at(-1 - back) ?? ''));
  return differs < 0 ? shown.length : differs;
}

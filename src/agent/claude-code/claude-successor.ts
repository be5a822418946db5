import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../../session/clock.js';
import { parseClaudeEntry } from './claude-entry.js';
import { listFolder } from './claude-folders.js';
import { readHead } from '../transcript/read-head.js';
import { Recent } from '../recent.js';
import { unlessMissing } from '../transcript/transcript-access.js';
import { TranscriptError } from '../transcript/transcript-error.js';
import { inspectTranscript, type TranscriptFile } from '../transcript/transcript-file.js';

const HEAD_BYTES = 64 * 1024;

/** What Claude Code notes at the end of a transcript may come after the beginning of the next: milliseconds. */
const SLACK_MS = 5_000;

/** One look at a folder serves all sessions that are looked at within this time: milliseconds. */
const FOLDER_MS = 1_000;

/** What is written where a conversation was cleared. */
const CLEARED = /<command-name>\/clear<\/command-name>/;

interface Beginning {
  startMs: number;
  /** It was begun by `/clear`, in the place of another one. */
  isCleared: boolean;
}

type Begun = TranscriptFile & Beginning;

/** Follows a conversation over `/clear`, which goes on in a new transcript of the same folder. */
export class ClaudeSuccessors {
  readonly #root: string;
  readonly #beginnings: Recent<string, Promise<Beginning>>;
  readonly #answers: Recent<string, { folderMs: number; latest: string }>;
  readonly #folders: Recent<string, { atMs: number; folderMs: Promise<number> }>;
  readonly #listings: Recent<string, { folderMs: number; files: Promise<TranscriptFile[]> }>;
  readonly #clock: Clock;

  constructor({ root, capacity, clock }: { root: string; capacity: number; clock: Clock }) {
    this.#root = root;
    this.#clock = clock;
    this.#folders = new Recent({ capacity });
    this.#listings = new Recent({ capacity });
    this.#beginnings = new Recent({ capacity });
    this.#answers = new Recent({ capacity });
  }

  /**
   * The transcript that a session writes now, of which `path` was the first. Where the folder has transcripts of others,
   * whose conversations may have been cleared as well, it stays with what is certain. `since`: epoch milliseconds; older transcripts don't matter.
   */
  async latest(path: string, { since }: { since: number }): Promise<string> {
    const folder = dirname(path);
    const folderMs = await this.#lookAt(folder);
    const known = this.#answers.get(path);
    if (known?.folderMs === folderMs) return known.latest;
    const latest = followClears(path, await this.#list(folder, { folderMs, since }));
    this.#answers.set(path, { folderMs, latest });
    return latest;
  }

  #lookAt(folder: string): Promise<number> {
    const now = this.#clock.now();
    const known = this.#folders.get(folder);
    if (known && Math.abs(now - known.atMs) < FOLDER_MS) return known.folderMs;
    const folderMs = unlessMissing(folder, async (existing) => (await stat(existing)).mtimeMs).then(
      (ms) => ms ?? 0,
    );
    this.#folders.set(folder, { atMs: now, folderMs });
    return folderMs;
  }

  async #list(folder: string, { folderMs, since }: { folderMs: number; since: number }): Promise<Begun[]> {
    const known = this.#listings.get(folder);
    const files = known?.folderMs === folderMs ? known.files : this.#inspectAll(folder);
    this.#listings.set(folder, { folderMs, files });
    const recent = (await files).filter(({ mtimeMs }) => mtimeMs >= since);
    if (recent.length < 2) return [];
    return Promise.all(recent.map(async (file) => ({ ...file, ...(await this.#begin(file)) })));
  }

  async #inspectAll(folder: string): Promise<TranscriptFile[]> {
    const names = (await listFolder(folder)).filter((name) => name.endsWith('.jsonl'));
    const files = await Promise.all(
      names.map((name) => unlessUnreadable(() => inspectTranscript(join(folder, name), this.#root))),
    );
    return files.filter((file) => file !== null);
  }

  #begin(file: TranscriptFile): Promise<Beginning> {
    const key = `${file.path}:${file.ino}:${file.size < HEAD_BYTES ? file.size : ''}`;
    const known = this.#beginnings.get(key);
    if (known) return known;
    const head = unlessUnreadable(() => readHead(file.path, { root: this.#root, bytes: HEAD_BYTES }));
    const beginning = head.then((text) => readBeginning(text ?? ''));
    this.#beginnings.set(key, beginning);
    return beginning;
  }
}

/** Null for what can't be read: it is another one's, and is told of where its own session is looked at. */
async function unlessUnreadable<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error;
    return null;
  }
}

function readBeginning(head: string): Beginning {
  const times = head.split('\n').flatMap((line) => parseClaudeEntry(line)?.timestamp ?? []);
  const startMs = Math.min(...times.map((time) => Date.parse(time)).filter((ms) => !Number.isNaN(ms)));
  return { startMs, isCleared: Number.isFinite(startMs) && CLEARED.test(head) };
}

/** Follows one clear after another, as long as every other transcript of these is one that was cleared on the way. */
function followClears(path: string, files: readonly Begun[]): string {
  const byStart = files.toSorted((one, other) => one.startMs - other.startMs);
  const [first, ...later] = byStart;
  if (first?.path !== path || !later.every(({ isCleared }) => isCleared)) return path;
  const overlaps = byStart.some(
    (file, index) => file.mtimeMs > (byStart[index + 1]?.startMs ?? Infinity) + SLACK_MS,
  );
  return overlaps ? path : (later.at(-1)?.path ?? path);
}

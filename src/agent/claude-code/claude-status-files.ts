import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { listAncestors, parentReader } from '../../process/list-ancestors.js';
import { readProcess } from '../../process/read-process.js';
import type { Clock } from '../../session/clock.js';
import { listFolder } from './claude-folders.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import { readHead } from '../transcript/read-head.js';
import { answered, silent } from '../source/reading-of.js';
import { restActivity } from '../source/rest-activity.js';
import type { SourceReading } from '../source/source-reading.js';
import {
  inspectTranscript,
  isSameFile,
  isUnchanged,
  type TranscriptFile,
} from '../transcript/transcript-file.js';

/** A listing serves every session that is looked at within this time: milliseconds. */
const LISTING_MS = 1_000;
const MOST_BYTES = 64 * 1024;

/** A folder's time tells two changes apart only if they are further apart than this: milliseconds. */
const FOLDER_GRAIN_MS = 20;

const text = z.string().optional().catch(undefined);

const statusSchema = z.object({
  pid: z.number().int().positive(),
  sessionId: z.string(),
  cwd: text,
  status: text,
  waitingFor: text,
  statusUpdatedAt: z.union([z.number(), z.string()]).optional().catch(undefined),
});

/** What Claude Code says of one of its processes. */
export type ClaudeStatus = z.infer<typeof statusSchema>;

/** The notes of all live processes. */
export interface ClaudeNotes {
  all: readonly ClaudeStatus[];
  /** For each process with such a one below it, or that is one itself: the note that is nearest to it. */
  nearest: ReadonlyMap<number, ClaudeStatus>;
}

type Entry = TranscriptFile & { status: ClaudeStatus | null };

/**
 * Claude Code's own notes on its processes, `sessions/<pid>.json`. They are undocumented: older versions have none, or
 * none with a status. A note whose process is gone was left behind by a crash, and counts for nothing.
 */
export class ClaudeStatusFiles {
  readonly #dir: string;
  readonly #clock: Clock;
  #entries = new Map<string, Entry>();
  #listing: { atMs: number; folderMs: number; notes: Promise<ClaudeNotes> } | null = null;

  constructor({ configDir, clock }: { configDir: string; clock: Clock }) {
    this.#dir = join(configDir, 'sessions');
    this.#clock = clock;
  }

  /** The notes of all live processes. Rejects with a `TranscriptError`. */
  list(): Promise<ClaudeNotes> {
    const now = this.#clock.now();
    const { atMs = -Infinity, notes } = this.#listing ?? {};
    if (notes && Math.abs(now - atMs) < LISTING_MS) return notes;
    const folderMs = readFolderMs(this.#dir);
    const fresh = this.#read();
    this.#listing = { atMs: now, folderMs, notes: fresh };
    return fresh;
  }

  /** Tells later, at once, whether a note that was listed is still the same; or, without one, whether there is no other. */
  lasting(note: ClaudeStatus | null): () => boolean {
    const entry = note && this.#entries.get(join(this.#dir, `${note.pid}.json`));
    if (entry) return () => entry.status === note && isUnchanged(entry);
    const { atMs = 0, folderMs = 0 } = this.#listing ?? {};
    return () => note === null && atMs - folderMs > FOLDER_GRAIN_MS && readFolderMs(this.#dir) === folderMs;
  }

  async #read(): Promise<ClaudeNotes> {
    const names = (await listFolder(this.#dir)).filter((name) => /^\d+\.json$/.test(name));
    const entries = await Promise.all(names.map((name) => this.#readEntry(join(this.#dir, name))));
    const found = entries.filter((entry) => entry !== null);
    this.#entries = new Map(found.map((entry) => [entry.path, entry]));
    const all = found.flatMap(({ status }) =>
      status && readProcess(status.pid).type !== 'gone' ? status : [],
    );
    return { all, nearest: findNearest(all) };
  }

  async #readEntry(path: string): Promise<Entry | null> {
    const file = await inspectTranscript(path, this.#dir);
    if (!file) return null;
    const known = this.#entries.get(path);
    if (known && isSameFile(known, file)) return known;
    const content = await readHead(path, { root: this.#dir, bytes: MOST_BYTES });
    return { ...file, status: content === null ? null : parseJsonLine(content, statusSchema) };
  }
}

/** An agent that another one runs, as a command of its own, is further from the program above both. */
function findNearest(all: readonly ClaudeStatus[]): Map<number, ClaudeStatus> {
  const parentOf = parentReader();
  const places = all.flatMap((status) =>
    [status.pid, ...listAncestors(status.pid, parentOf)].map((pid, steps) => ({ pid, steps, status })),
  );
  // The nearest comes last, and stays.
  const byDistance = places.toSorted((one, other) => other.steps - one.steps);
  return new Map(byDistance.map(({ pid, status }) => [pid, status]));
}

/** When something was last added to a folder or taken from it, epoch milliseconds; 0 where there is none, or none to be seen. */
function readFolderMs(path: string): number {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  } catch {
    // Listing it, which comes first, tells what is wrong.
    return 0;
  }
}

/** What a note says its process is doing; null where there is none. `now` is epoch milliseconds. */
export function readStatus(note: ClaudeStatus | null, now: number): SourceReading {
  if (!note) return silent('status_file', { detail: 'no process left a note on it', atMs: now });
  const { status, waitingFor, statusUpdatedAt, pid } = note;
  const updatedMs = new Date(statusUpdatedAt ?? Number.NaN).getTime();
  const said = {
    detail: `process ${pid} says ${String(status)}`,
    atMs: Number.isNaN(updatedMs) ? now : updatedMs,
  };
  switch (status) {
    case 'busy':
    case 'shell':
      return answered('status_file', 'active', said);
    case 'idle':
      return answered('status_file', restActivity(now - said.atMs), said);
    case 'waiting':
      return answered('status_file', 'waiting_input', {
        ...said,
        detail: `process ${pid} waits: ${waitingFor ?? 'it does not say for what'}`,
      });
    default:
      return silent('status_file', said);
  }
}

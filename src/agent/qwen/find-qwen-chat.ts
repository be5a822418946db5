import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { listAncestors } from '../../process/list-ancestors.js';
import { sessionKey, type SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { Recent } from '../recent.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import { readHead } from '../transcript/read-head.js';
import { unlessMissing } from '../transcript/transcript-access.js';
import { inspectTranscript } from '../transcript/transcript-file.js';
import type { FindOptions, TranscriptPlace } from '../transcript/transcript-source.js';

const NOTE_BYTES = 4096;

/** `chats/<id>.runtime.json`: which process has the conversation, and since when, in epoch seconds. */
const noteSchema = z.object({ pid: z.number(), session_id: z.uuid(), started_at: z.number() });

export interface QwenChatsOptions {
  /** Qwen Code's own folder. */
  root: string;
  capacity: number;
}

interface Place {
  pid: number;
  path: string;
  lastOutputAt: string | null;
}

/**
 * Finds the chats of sessions, `projects/<directory>/chats/<id>.jsonl`: by the note beside it, which names the process. Read
 * off version 0.24.4, which writes it at the start, before the chat.
 */
export class QwenChats {
  readonly #root: string;
  readonly #places: Recent<SessionKey, Place>;

  constructor({ root, capacity }: QwenChatsOptions) {
    this.#root = root;
    this.#places = new Recent({ capacity });
  }

  /** Rejects with a `TranscriptError`. */
  async find(session: Session, { isGone, lastOutputAt, processes }: FindOptions): Promise<TranscriptPlace> {
    const root = this.#root;
    const { workspacePath } = session;
    const pid = session.agentProcess?.pid ?? processes.root?.pid;
    if (pid === undefined || workspacePath === null)
      return { path: null, detail: 'its process or its directory is not known' };
    const key = sessionKey(session);
    const known = isGone ? undefined : this.#places.get(key);
    // What has printed nothing since has begun no other conversation either.
    if (known?.pid === pid && lastOutputAt !== null && known.lastOutputAt === lastOutputAt)
      return { path: known.path, root };
    const dir = join(root, 'projects', workspacePath.replace(/[^a-zA-Z0-9]/g, '-'), 'chats');
    const id = await this.#heldBelow(pid, dir);
    if (id === null) return { path: null, detail: `no chat in ${dir} is that of process ${pid}` };
    const path = join(dir, `${id}.jsonl`);
    if (!(await inspectTranscript(path, root)))
      return { path: null, detail: `chat ${id} has no lines before its first prompt` };
    this.#places.set(key, { pid, path, lastOutputAt });
    return { path, root };
  }

  forget(key: SessionKey): void {
    this.#places.delete(key);
  }

  /** The conversation that a process, or one below it, began last. */
  async #heldBelow(pid: number, dir: string): Promise<string | null> {
    const names = (await unlessMissing(dir, (existing) => readdir(existing))) ?? [];
    const held: { id: string; startedS: number }[] = [];
    for (const name of names.filter((one) => one.endsWith('.runtime.json'))) {
      const head = await readHead(join(dir, name), { root: this.#root, bytes: NOTE_BYTES });
      const note = head === null ? null : parseJsonLine(head, noteSchema);
      if (note && (note.pid === pid || listAncestors(note.pid).includes(pid)))
        held.push({ id: note.session_id, startedS: note.started_at });
    }
    return held.toSorted((one, other) => other.startedS - one.startedS)[0]?.id ?? null;
  }
}

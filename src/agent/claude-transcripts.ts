import { sessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { conversationOf } from './claude-command.js';
import { judgeClaudeTranscript, type TranscriptVerdict } from './claude-transcript.js';
import { findClaudeTranscript, inspect, type FoundTranscript } from './find-claude-transcript.js';
import { Recent } from './recent.js';
import { readTail } from './transcript-tail.js';

/** What is remembered of one transcript: while the file's state is the same, so is the verdict. */
type Memory = Extract<FoundTranscript, { path: string }> & {
  conversation: string | null;
  verdict: TranscriptVerdict | null;
};

/** What a session's transcript says, and since when (epoch milliseconds); or why it says nothing. */
export type TranscriptAnswer =
  { verdict: TranscriptVerdict; sinceMs: number } | { verdict: null; detail: string };

/** Reads the transcripts of sessions, each again only when its file has changed: else one `stat` a session. */
export class ClaudeTranscripts {
  readonly #projectsDir: string;
  readonly #memories: Recent<string, Memory>;

  constructor({ projectsDir, capacity }: { projectsDir: string; capacity: number }) {
    this.#projectsDir = projectsDir;
    this.#memories = new Recent({ capacity });
  }

  /** Rejects with a `TranscriptError` where there is a transcript that can't be read. */
  async read(session: Session, { signal }: { signal: AbortSignal }): Promise<TranscriptAnswer> {
    const key = sessionKey(session);
    const conversation = session.agentSession ?? conversationOf(session.command);
    const remembered = this.#memories.get(key);
    const before = remembered?.conversation === conversation ? remembered : undefined;
    const file = await this.#find(session, conversation, before);
    if (file.path === null) return { verdict: null, detail: file.detail };
    signal.throwIfAborted();
    const verdict =
      before && isSameFile(before, file)
        ? before.verdict
        : await readTail(file.path, { decide: judgeClaudeTranscript, signal });
    this.#memories.set(key, { ...file, conversation, verdict });
    if (verdict === null) return { verdict, detail: `nothing in ${file.path} tells yet` };
    return { verdict, sinceMs: verdict.at === null ? file.mtimeMs : Date.parse(verdict.at) };
  }

  async #find(session: Session, conversation: string | null, before?: Memory): Promise<FoundTranscript> {
    const same = before && conversation !== null ? await inspect(before.path) : null;
    return (
      same ??
      findClaudeTranscript({
        projectsDir: this.#projectsDir,
        conversation,
        workspacePath: session.workspacePath,
        writtenSince: Date.parse(session.createdAt),
      })
    );
  }
}

const isSameFile = (one: Memory, other: Extract<FoundTranscript, { path: string }>): boolean =>
  one.path === other.path &&
  one.size === other.size &&
  one.mtimeMs === other.mtimeMs &&
  one.ino === other.ino;

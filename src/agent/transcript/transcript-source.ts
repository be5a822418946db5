import { sessionKey, type SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { answered, failed, silent } from '../source/reading-of.js';
import { Recent } from '../recent.js';
import type { SessionProcesses } from '../session-processes.js';
import { restActivity } from '../source/rest-activity.js';
import type { SourceReading, WatchedReading } from '../source/source-reading.js';
import { TranscriptError } from './transcript-error.js';
import { inspectTranscript, isSameFile, isUnchanged, type TranscriptFile } from './transcript-file.js';
import type { TranscriptFormat } from './transcript-format.js';
import { readTail, type TranscriptTail } from './transcript-tail.js';

/** Where a session's transcript is, by a guess if another search might find another one; or why that can't be told. */
export type TranscriptPlace =
  { path: string; root: string; isGuess?: boolean } | { path: null; detail: string };

export interface FindOptions {
  signal: AbortSignal;
  processes: SessionProcesses;
  isGone: boolean;
  /** When its program last printed something, where that is known. */
  lastOutputAt: string | null;
  /** The prompts that its screen shows; absent where that is not known. */
  prompts?: readonly string[] | undefined;
}

export interface TranscriptSourceOptions<State> {
  format: TranscriptFormat<State>;
  /** Finds a session's transcript, and remembers it; it is asked at each look, and anew when the one it named `isGone`. */
  find: (session: Session, options: FindOptions) => Promise<TranscriptPlace>;
  /** Whether a command takes up an earlier conversation, whose transcript is older than the program. */
  resumes: (command: readonly string[]) => boolean;
  /** How many transcripts are remembered. */
  capacity: number;
}

interface Memory<State> {
  file: TranscriptFile;
  tail: TranscriptTail<State>;
}

/** Reads the transcripts of sessions, each again only when its file has changed: else one `lstat` a session. */
export class TranscriptSource<State> {
  readonly #options: TranscriptSourceOptions<State>;
  readonly #memories: Recent<string, Memory<State>>;

  constructor(options: TranscriptSourceOptions<State>) {
    this.#options = options;
    this.#memories = new Recent({ capacity: options.capacity });
  }

  forget(key: SessionKey): void {
    this.#memories.delete(key);
  }

  /** What a session's transcript says; `failed` where there is one that can't be read. `now` is epoch milliseconds. */
  async read(
    session: Session,
    asked: Omit<FindOptions, 'isGone'> & { now: number },
  ): Promise<WatchedReading> {
    const { now } = asked;
    try {
      return (
        (await this.#attempt(session, { ...asked, isGone: false })) ??
        (await this.#attempt(session, { ...asked, isGone: true })) ??
        passing(silent('transcript', { detail: 'the transcript is gone', atMs: now }))
      );
    } catch (error) {
      if (!(error instanceof TranscriptError)) throw error;
      return passing(failed('transcript', error, now));
    }
  }

  /** Null if the transcript is gone from where it was found. */
  async #attempt(
    session: Session,
    { now, ...options }: FindOptions & { now: number },
  ): Promise<WatchedReading | null> {
    const place = await this.#options.find(session, options);
    if (place.path === null) return passing(silent('transcript', { detail: place.detail, atMs: now }));
    const memory = await this.#look(sessionKey(session), place, options.signal);
    if (!memory) return null;
    const { file } = memory;
    return {
      reading: this.#judge(session, memory, now),
      isUnchanged: place.isGuess === true ? null : () => isUnchanged(file),
    };
  }

  async #look(
    key: string,
    { path, root }: { path: string; root: string },
    signal: AbortSignal,
  ): Promise<Memory<State> | null> {
    const file = await inspectTranscript(path, root);
    if (!file) return null;
    const remembered = this.#memories.get(key);
    if (remembered && isSameFile(remembered.file, file)) return remembered;
    const before = remembered?.file.path === path ? remembered.tail : null;
    const tail = await readTail(path, { root, format: this.#options.format, before, signal });
    if (!tail) return null;
    const memory = { file, tail };
    this.#memories.set(key, memory);
    return memory;
  }

  #judge(session: Session, { file, tail }: Memory<State>, now: number): SourceReading {
    const verdict = this.#options.format.judge(tail.state, { quietMs: now - file.mtimeMs });
    if (verdict === null) return silent('transcript', { detail: emptiness(file, tail), atMs: file.mtimeMs });
    const atMs = verdict.at === null ? file.mtimeMs : Date.parse(verdict.at);
    const ending = {
      ...(verdict.isTurnOver === true ? { isTurnOver: true } : {}),
      ...(verdict.error === undefined ? {} : { error: verdict.error }),
    };
    if (verdict.activity === 'ready') {
      return {
        ...answered('transcript', restActivity(now - atMs), { detail: verdict.detail, atMs }),
        ...ending,
      };
    }
    // What a resumed conversation was in the midst of ended with the program that wrote it.
    if (this.#options.resumes(session.command) && atMs < Date.parse(session.createdAt)) {
      const detail = `nothing written since the session began; before, ${verdict.detail}`;
      return silent('transcript', { detail, atMs });
    }
    return { ...answered('transcript', verdict.activity, { detail: verdict.detail, atMs }), ...ending };
  }
}

const passing = (reading: SourceReading): WatchedReading => ({ reading, isUnchanged: null });

function emptiness({ path, size }: TranscriptFile, { isReadable }: TranscriptTail<unknown>): string {
  if (size === 0) return `${path} is empty`;
  return isReadable ? `nothing in ${path} tells yet` : `no whole line of ${path} can be read`;
}

import { realpath } from 'node:fs/promises';
import type { Clock } from '../../session/clock.js';
import { sessionKey, type SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { conversationOf } from './claude-command.js';
import { ClaudeStatusFiles, type ClaudeStatus } from './claude-status-files.js';
import { ClaudeSuccessors } from './claude-successor.js';
import { findClaudeTranscript } from './find-claude-transcript.js';
import { Recent } from '../recent.js';
import type { Rivals } from '../rivals.js';
import type { SessionProcesses } from '../session-processes.js';
import { unlessMissing } from '../transcript/transcript-access.js';
import type { FindOptions, TranscriptPlace } from '../transcript/transcript-source.js';

export interface ClaudeConversationsOptions {
  /** Claude Code's own folder. */
  root: string;
  clock: Clock;
  capacity: number;
  /** Who else is looked at. */
  rivals: Rivals;
}

type Looked = Pick<FindOptions, 'isGone' | 'lastOutputAt' | 'processes'>;

/** Where a conversation's transcript was, where it went on, and what had been printed by then. */
interface Place {
  conversation: string;
  path: string;
  latest: string;
  lastOutputAt: string | null;
}

/** Which conversation a session holds now, and where its transcript is; two sessions in one directory are kept apart. */
export class ClaudeConversations {
  readonly #root: string;
  readonly #clock: Clock;
  readonly #statuses: ClaudeStatusFiles;
  readonly #successors: ClaudeSuccessors;
  readonly #rivals: Rivals;
  readonly #places: Recent<string, Place>;

  constructor({ root, clock, capacity, rivals }: ClaudeConversationsOptions) {
    this.#root = root;
    this.#clock = clock;
    this.#statuses = new ClaudeStatusFiles({ configDir: root, clock });
    this.#successors = new ClaudeSuccessors({ root, capacity, clock });
    this.#rivals = rivals;
    this.#places = new Recent({ capacity });
  }

  /**
   * The note of the session's own process; null if there is none. It is told by where that process runs: the session's
   * agent, or below its program. Only where no process is known, the conversation or the directory tells, if one note
   * alone fits. Rejects with a `TranscriptError`.
   */
  async status(session: Session, { root, agent }: SessionProcesses): Promise<ClaudeStatus | null> {
    const { all, nearest } = await this.#statuses.list();
    if (all.length === 0) return null;
    const own = (agent && nearest.get(agent.pid)) ?? (root && nearest.get(root.pid)) ?? null;
    if (own || root) return own;
    const known = namedConversation(session);
    return onlyOf(
      known === null
        ? await this.#notesByDirectory(session, all)
        : all.filter(({ sessionId }) => sessionId === known),
    );
  }

  /** Tells later, at once, whether this note of a session is the same, or whether it still has none. */
  lasting(note: ClaudeStatus | null): () => boolean {
    return this.#statuses.lasting(note);
  }

  /** Where the session's transcript is. Rejects with a `TranscriptError`. */
  async find(session: Session, { isGone, lastOutputAt, processes }: Looked): Promise<TranscriptPlace> {
    const note = await this.status(session, processes);
    const current = note?.sessionId ?? namedConversation(session);
    const key = sessionKey(session);
    const known = isGone ? undefined : this.#places.get(key);
    const remembered = known?.conversation === current ? known : undefined;
    // What has printed nothing since has begun no other conversation either.
    const isSame = remembered && lastOutputAt !== null && lastOutputAt === remembered.lastOutputAt;
    if (isSame) return { path: remembered.latest, root: this.#root };
    const place = remembered
      ? { path: remembered.path, root: this.#root }
      : await this.#search(session, current);
    if (place.path === null || current === null) return place;
    // The note tells exactly which conversation it is.
    const latest = note ? place.path : await this.#follow(place.path, session);
    this.#places.set(key, { conversation: current, path: place.path, latest, lastOutputAt });
    return { path: latest, root: this.#root };
  }

  forget(key: SessionKey): void {
    this.#places.delete(key);
  }

  async #search(session: Session, conversation: string | null): Promise<TranscriptPlace> {
    const rivals = this.#rivals.of(session, this.#clock.now());
    // Whoever else runs now says so itself, also to a process that has not looked at anybody else.
    const { all } = await this.#statuses.list();
    return findClaudeTranscript({
      root: this.#root,
      conversation,
      workspacePath: session.workspacePath,
      writtenSince: Date.parse(session.createdAt),
      hasRivals: rivals.some((rival) => namedConversation(rival) === null),
      taken: new Set([
        ...all.map(({ sessionId }) => sessionId),
        ...rivals.flatMap((rival) => namedConversation(rival) ?? []),
      ]),
    });
  }

  async #follow(path: string, session: Session): Promise<string> {
    // Where others run in the same directory, a transcript that was begun by a clear may be theirs.
    const isAlone = this.#rivals.of(session, this.#clock.now()).length === 0;
    return isAlone ? this.#successors.latest(path, { since: Date.parse(session.createdAt) }) : path;
  }

  async #notesByDirectory(session: Session, notes: readonly ClaudeStatus[]): Promise<ClaudeStatus[]> {
    const { workspacePath } = session;
    if (workspacePath === null) return [];
    const rivals = this.#rivals.of(session, this.#clock.now());
    if (rivals.some((rival) => namedConversation(rival) === null)) return [];
    const taken = new Set(rivals.map(namedConversation));
    const real = await unlessMissing(workspacePath, (path) => realpath(path));
    return notes.filter(
      ({ cwd, sessionId }) => (cwd === workspacePath || cwd === real) && !taken.has(sessionId),
    );
  }
}

const namedConversation = (session: Session): string | null =>
  session.agentSession ?? conversationOf(session.command);

const onlyOf = <T>(items: readonly T[]): T | null => (items.length === 1 ? (items[0] ?? null) : null);

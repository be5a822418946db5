import { lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from '../../session/clock.js';
import type { SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { FoundPlaces } from '../transcript/found-places.js';
import type { Rivals } from '../rivals.js';
import { unlessMissing } from '../transcript/transcript-access.js';
import { inspectTranscript } from '../transcript/transcript-file.js';
import type { FindOptions, TranscriptPlace } from '../transcript/transcript-source.js';

const NAME = '.aider.chat.history.md';
const OPTION = '--chat-history-file';

export interface AiderHistoriesOptions {
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  rivals: Rivals;
  capacity: number;
}

/** Finds the history of a session: `.aider.chat.history.md` at the top of its repository, unless the command names another. */
export class AiderHistories {
  readonly #options: AiderHistoriesOptions;
  readonly #places: FoundPlaces;

  constructor(options: AiderHistoriesOptions) {
    this.#options = options;
    this.#places = new FoundPlaces({ capacity: options.capacity });
  }

  /** Rejects with a `TranscriptError`. */
  async find(session: Session, { isGone }: Pick<FindOptions, 'isGone'>): Promise<TranscriptPlace> {
    const { rivals, clock } = this.#options;
    // Another session that begins in the directory makes it unknown.
    const isGuess = namedHistory(session.command) === null;
    if (session.workspacePath === null) return { path: null, detail: 'its directory is not known' };
    if (isGuess && rivals.of(session, clock.now()).length > 0) {
      return { path: null, detail: `several sessions in ${session.workspacePath} write one history` };
    }
    const known = isGone ? undefined : this.#places.get(session, null);
    const path = known ?? (await this.#locate(session, session.workspacePath));
    const root = dirname(path);
    if (known !== undefined) return { path, root, isGuess };
    const file = await inspectTranscript(path, root);
    if (!file) return { path: null, detail: `no ${path} yet` };
    // Until the program has written there, it is the history of another one.
    if (file.mtimeMs < Date.parse(session.createdAt)) {
      return { path: null, detail: `nothing was written to ${path} since the session began` };
    }
    this.#places.set(session, null, path);
    return { path, root, isGuess };
  }

  forget(key: SessionKey): void {
    this.#places.forget(key);
  }

  async #locate({ command }: Session, workspacePath: string): Promise<string> {
    const named = namedHistory(command) ?? this.#options.env['AIDER_CHAT_HISTORY_FILE'] ?? '';
    if (named !== '') return resolve(workspacePath, named);
    for (let folder = workspacePath; ; folder = dirname(folder)) {
      if (await unlessMissing(join(folder, '.git'), (path) => lstat(path))) return join(folder, NAME);
      if (dirname(folder) === folder) return join(workspacePath, NAME);
    }
  }
}

function namedHistory(command: readonly string[]): string | null {
  const at = command.findIndex((word) => word === OPTION || word.startsWith(`${OPTION}=`));
  const word = command[at];
  if (word === undefined) return null;
  return word === OPTION ? (command[at + 1] ?? null) : word.slice(OPTION.length + 1);
}

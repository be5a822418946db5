import { setTimeout as delay } from 'node:timers/promises';
import { checkProcess, type KnownProcess } from '../process/check-process.js';
import { findBelow, seeIn, type FoundProcess } from '../process/find-below.js';
import { listProcesses } from '../process/list-processes.js';
import { readCommand } from '../process/read-command.js';
import { LAUNCHER_NAME } from '../runtime/launcher.js';
import type { Signs } from '../runtime/runtime.js';
import { errorCode } from '../session/error-code.js';
import { messageOf } from '../session/message-of.js';
import { sessionKey, type SessionKey } from '../session/session-key.js';
import type { AgentProcess, Session } from '../session/session.js';
import { DEFAULT_CAPACITY } from './agent-options.js';
import { isPlainShell } from './is-plain-shell.js';
import { Recent } from './recent.js';

/** How long a launcher or a script may take to end after its agent, before it counts as one that outlives it. */
const SETTLE_MS = 250;

/** Times of output are cut to the second. */
const OUTPUT_GRAIN_MS = 2_000;

/** What is known of the process of a session's agent. `none`: there is none apart from what the runtime watches. */
export type AgentProcessLook =
  | { type: 'none' }
  | { type: 'running'; process: KnownProcess; detail: string }
  | { type: 'found'; agent: string; process: AgentProcess; detail: string }
  | { type: 'ended'; detail: string }
  /** It was a guest in a plain shell, which is read as before: by this agent. */
  | { type: 'left'; agent: string; detail: string }
  | { type: 'unknown'; detail: string };

/** Where an agent's process is looked for, and when (epoch milliseconds). */
export interface AgentPlace {
  root: KnownProcess;
  signs: Signs | null;
  now: number;
}

export interface AgentProcessWatchOptions {
  /** The name of the agent that a command starts; null if it starts none. */
  recognise: (command: readonly string[]) => string | null;
  capacity?: number;
}

/** Where a search found nothing, and what had been printed by then. */
interface FruitlessSearch {
  rootPid: number;
  lastOutputAt: string | null;
  atMs: number;
}

/** Follows the processes of agents that run below a shell: that lives on when they end. */
export class AgentProcessWatch {
  readonly #recognise: AgentProcessWatchOptions['recognise'];
  readonly #fruitless: Recent<string, FruitlessSearch>;
  /** The programs that are the agent themselves, or were started for nothing else: their runtime tells of their end. */
  readonly #whole: Recent<string, number>;

  constructor({ recognise, capacity = DEFAULT_CAPACITY }: AgentProcessWatchOptions) {
    this.#recognise = recognise;
    this.#fruitless = new Recent({ capacity });
    this.#whole = new Recent({ capacity });
  }

  /** Looks for the agent of a session below its runtime's process; one that is on record costs one look at it. */
  async look(session: Session, { root, signs, now }: AgentPlace): Promise<AgentProcessLook> {
    const known = session.agentProcess;
    try {
      if (known) return await this.#follow(known, root);
      return this.#isWorthASearch(session, { root, signs, now })
        ? this.#search(session, root)
        : { type: 'none' };
    } catch (error) {
      if (errorCode(error) === null) throw error;
      return { type: 'unknown', detail: `the processes can't be listed: ${messageOf(error)}` };
    } finally {
      if (!known)
        this.#fruitless.set(sessionKey(session), {
          rootPid: root.pid,
          lastOutputAt: signs?.lastOutputAt ?? null,
          atMs: now,
        });
    }
  }

  /** Tells later, without a look, whether it would say what this one said, if that was `none` or `running`. */
  lasting(session: Session, at: AgentPlace): (later: AgentPlace) => boolean {
    const known = session.agentProcess;
    if (known) return () => checkProcess(known).state === 'alive';
    const isSettled = !this.#isWorthASearch(session, at);
    return ({ root, signs, now }) =>
      isSettled &&
      root.pid === at.root.pid &&
      signs?.lastOutputAt === at.signs?.lastOutputAt &&
      now >= at.now;
  }

  forget(key: SessionKey): void {
    this.#fruitless.delete(key);
    this.#whole.delete(key);
  }

  async #follow(known: AgentProcess, root: KnownProcess): Promise<AgentProcessLook> {
    const { state, detail } = checkProcess(known);
    if (state === 'alive') return { type: 'running', process: known, detail };
    if (state === 'unknown') return { type: 'unknown', detail };
    const other = this.#find(root) ?? this.#findBeside(root);
    if (other) return describeFound(other, known.guestOf);
    await delay(SETTLE_MS);
    const shell = checkProcess(root);
    if (shell.state !== 'alive') return { type: 'unknown', detail: `${detail}, and ${shell.detail}` };
    const end = { detail: `${detail}, while process ${root.pid} above it runs` };
    return known.guestOf === undefined
      ? { type: 'ended', ...end }
      : { type: 'left', agent: known.guestOf, ...end };
  }

  #search(session: Session, root: KnownProcess): AgentProcessLook {
    const found = this.#find(root);
    if (!found) return { type: 'none' };
    if (!isWhole(found, root)) return describeFound(found, isPlainShell(session) ? session.agent : undefined);
    this.#whole.set(sessionKey(session), root.pid);
    return { type: 'none' };
  }

  #find(root: KnownProcess): FoundProcess<string> | null {
    return findBelow(root.pid, this.#recognise);
  }

  /** What was started below the shell and lost its parent is still of the shell's session. */
  #findBeside(root: KnownProcess): FoundProcess<string> | null {
    for (const place of listProcesses()) {
      const found = place.sessionId === root.pid ? seeIn(place, this.#recognise) : null;
      if (found) return found;
    }
    return null;
  }

  /** A new program shows itself by printing something. */
  #isWorthASearch(session: Session, { root, signs, now }: AgentPlace): boolean {
    const key = sessionKey(session);
    if (this.#whole.get(key) === root.pid) return false;
    const before = this.#fruitless.get(key);
    if (before?.rootPid !== root.pid || !signs?.lastOutputAt) return true;
    const hasPrinted = signs.lastOutputAt !== before.lastOutputAt;
    const wasPrinting = before.atMs - Date.parse(signs.lastOutputAt) < OUTPUT_GRAIN_MS;
    return hasPrinted || wasPrinting || now < before.atMs;
  }
}

/** Whether an agent is the very program that the runtime watches: nothing is left of that when it ends. */
const isWhole = ({ process, parentPid }: FoundProcess<string>, root: KnownProcess): boolean =>
  process.pid === root.pid || (parentPid === root.pid && readCommand(root.pid).includes(LAUNCHER_NAME));

const describeFound = (
  { seen, process }: FoundProcess<string>,
  guestOf: string | undefined,
): AgentProcessLook => ({
  type: 'found',
  agent: seen,
  process: guestOf === undefined ? process : { ...process, guestOf },
  detail: `process ${process.pid} is ${seen}`,
});

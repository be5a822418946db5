import { checkProcess, type KnownProcess } from '../process/check-process.js';
import { findBelow } from '../process/find-below.js';
import { readProcess } from '../process/read-process.js';
import { isThisMachine } from '../process/this-machine.js';
import type { RuntimeView } from '../runtime/runtime.js';
import { sessionKey, type SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { Recent } from './recent.js';
import { answered } from './source/reading-of.js';
import type { WatchedReading } from './source/source-reading.js';

/** The processes of a session; null where none is known, or where it is not on this machine. */
export interface SessionProcesses {
  /** The one that its runtime watches: a shell, a launcher, or the agent itself. */
  root: KnownProcess | null;
  /** The agent's own, which is the root or below it. */
  agent: KnownProcess | null;
}

export interface AgentFinderOptions {
  /** Whether a command starts this agent. */
  recognises: (command: readonly string[]) => boolean;
  capacity: number;
}

/** Finds the processes of sessions by looking below what their runtime watches; what it remembers only saves looks. */
export class AgentFinder {
  readonly #recognises: AgentFinderOptions['recognises'];
  readonly #found: Recent<string, { root: KnownProcess; agent: KnownProcess }>;

  constructor({ recognises, capacity }: AgentFinderOptions) {
    this.#recognises = recognises;
    this.#found = new Recent({ capacity });
  }

  find(session: Session, view: RuntimeView): SessionProcesses {
    const { handle, agentProcess } = session;
    const watched = (handle && view.process?.(handle)) ?? null;
    const root = watched && isThisMachine(watched) ? watched : null;
    if (agentProcess && isThisMachine(agentProcess)) return { root, agent: agentProcess };
    return { root, agent: root && this.#findBelow(sessionKey(session), root) };
  }

  #findBelow(key: SessionKey, root: KnownProcess): KnownProcess | null {
    const known = this.#found.get(key);
    const isSame = known?.root.pid === root.pid && known.root.startTime === root.startTime;
    if (isSame && checkProcess(known.agent).state === 'alive') return known.agent;
    const found = findBelow(root.pid, (command) => (this.#recognises(command) ? true : null));
    if (!found) return null;
    this.#found.set(key, { root, agent: found.process });
    return found.process;
  }

  forget(key: SessionKey): void {
    this.#found.delete(key);
  }
}

/** Says of a stopped process (Ctrl-Z, SIGSTOP) that it does nothing until it is continued; null of one that runs. */
export function readStopped(agent: KnownProcess | null, now: number): WatchedReading | null {
  if (!agent || !isStopped(agent)) return null;
  const detail = `process ${agent.pid} is stopped: it does nothing until it is continued, as by fg`;
  return {
    reading: answered('process', 'blocked', { detail, atMs: now }),
    isUnchanged: () => isStopped(agent),
  };
}

function isStopped({ pid, startTime }: KnownProcess): boolean {
  const state = readProcess(pid);
  return state.type === 'running' && state.startTime === startTime && state.isStopped === true;
}

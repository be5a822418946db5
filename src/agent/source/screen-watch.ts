import type { Signs } from '../../runtime/runtime.js';
import { sameHandle, type Handle } from '../../session/handle.js';
import { sessionKey, type SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { Recent } from '../recent.js';

/** Output this recent is still going on: milliseconds. tmux tells its time in whole seconds. */
const ONGOING_MS = 2_000;

const DEFAULT_CAPACITY = 20_000;

/** What the outside of a program says, set against the look before. */
export interface Look {
  /** `rang`: the bell is up and was not at the look before. `unanswered`: it has been up since then. */
  bell: 'none' | 'rang' | 'unanswered';
  /** There is no look before. */
  isFirst: boolean;
  /** Something is being printed, now or since the look before; null where no time of output is known. */
  isPrinting: boolean | null;
  /** Something was printed that was not there yet when the bell was first seen. */
  hasPrintedSinceBell: boolean;
  /** For how long nothing was printed, in milliseconds; null where no time of output is known. */
  silentMs: number | null;
}

interface Memory {
  handle: Handle;
  outputMs: number | null;
  /** When this time of output was first seen. */
  outputSeenMs: number;
  bell: boolean;
  /** The time of output that was seen together with the bell's first sight. */
  outputAtBellMs: number | null;
}

/**
 * Remembers how each session's screen looked last, so that a look can tell what is new. What it forgets (it is bounded,
 * and gone with the process) changes at most one look.
 */
export class ScreenWatch {
  readonly #memories: Recent<string, Memory>;

  constructor({ capacity = DEFAULT_CAPACITY }: { capacity?: number } = {}) {
    this.#memories = new Recent({ capacity });
  }

  forget(key: SessionKey): void {
    this.#memories.delete(key);
  }

  /** Looks at a session's signs; `now` is epoch milliseconds. */
  look(session: Session, { handle, signs, now }: { handle: Handle; signs: Signs; now: number }): Look {
    const key = sessionKey(session);
    const remembered = this.#memories.get(key);
    const before = remembered && sameHandle(remembered.handle, handle) ? remembered : undefined;
    const outputMs = parseTime(signs.lastOutputAt);
    const hasRung = signs.bell && before?.bell !== true;
    const memory: Memory = {
      handle,
      outputMs,
      outputSeenMs: before?.outputMs === outputMs ? Math.min(before.outputSeenMs, now) : now,
      bell: signs.bell,
      outputAtBellMs: hasRung ? outputMs : (before?.outputAtBellMs ?? null),
    };
    this.#memories.set(key, memory);

    const silentMs = outputMs === null ? null : now - Math.min(outputMs, memory.outputSeenMs);
    const isNew = before !== undefined && before.outputMs !== null && before.outputMs !== outputMs;
    return {
      bell: hasRung ? 'rang' : signs.bell ? 'unanswered' : 'none',
      isFirst: before === undefined,
      isPrinting: silentMs === null ? null : isNew || silentMs <= ONGOING_MS,
      hasPrintedSinceBell: signs.bell && outputMs !== memory.outputAtBellMs,
      silentMs,
    };
  }
}

function parseTime(text: string | null): number | null {
  const ms = text === null ? NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

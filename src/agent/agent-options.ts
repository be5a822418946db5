import type { Clock } from '../session/clock.js';
import type { HookNotes } from './hook-note.js';

/** What every agent can be given; all of it has defaults. */
export interface AgentOptions {
  clock?: Clock | undefined;
  /** Where the agent's folders are looked up. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** What the agent's hooks have noted; without it, hooks are silent. */
  hooks?: HookNotes | null | undefined;
  /** For how many sessions something is remembered. */
  capacity?: number | undefined;
}

/** For how many sessions something is remembered, unless told. */
export const DEFAULT_CAPACITY = 20_000;

import type { Readable } from 'node:stream';
import { checkProcess } from '../process/check-process.js';
import { listAncestors } from '../process/list-ancestors.js';
import { thisMachine } from '../process/this-machine.js';
import { HomeLayout, resolveHome } from '../store/home-layout.js';
import { findAgentAncestor } from './find-agent-ancestor.js';
import { findHookSession, type HookSession } from './find-hook-session.js';
import { followHook, type HookCall } from './follow-hook.js';
import { parseHookInput } from './hook-input.js';
import { HOOK_TABLES } from './hook-tables.js';
import { rememberRoot } from './remember-root.js';
import { readInput } from './read-input.js';
import { readHookNote } from './read-hook-note.js';
import type { StoredHookNote } from './stored-hook-note.js';
import { withNoteLock } from './with-note-lock.js';
import { touchHookNote, writeHookNote } from './write-hook-note.js';

export interface RecordHookOptions {
  /** The name that records have in `agent`. */
  agent: string;
  stdin: Readable;
  env: NodeJS.ProcessEnv;
  /** When the hook's process was started: epoch milliseconds. */
  startedAt: number;
  inputTimeoutMs?: number;
}

/** How exactly it is known when a hook was started: milliseconds. */
const CLOCK_MS = 30;

/** It could not be recorded what a hook said; the message says why. */
export class HookError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HookError';
  }
}

/** Records what an agent's hook says, for the session that it runs in; of no session's agent, nothing. */
export async function recordHook({
  agent,
  stdin,
  env,
  startedAt,
  inputTimeoutMs,
}: RecordHookOptions): Promise<void> {
  const input = await readInput(stdin, inputTimeoutMs === undefined ? {} : { timeoutMs: inputTimeoutMs });
  if (input.type === 'useless') throw new HookError(input.message);
  const table = Object.hasOwn(HOOK_TABLES, agent) ? HOOK_TABLES[agent] : undefined;
  if (!table) {
    throw new HookError(
      `no hooks of ${JSON.stringify(agent)} are known: ${Object.keys(HOOK_TABLES).join(', ')}`,
    );
  }
  const parsed = parseHookInput(input.text);
  if (!parsed) throw new HookError('stdin holds no hook: JSON with its hook_event_name is wanted');

  const layout = new HomeLayout(resolveHome({ env }));
  const ancestors = listAncestors(process.pid);
  const session = findHookSession({ layout, hinted: env['VITALS_SESSION'], ancestors });
  if (!session) return;
  noteCall(layout.hookFile(session.key), session, {
    ...{ agent, input: parsed, startedAt },
    process: findAgentAncestor(within(ancestors, session)),
  });
  if (session.isSearched && session.rootPid !== null) rememberRoot(layout, session.rootPid, session.key);
}

function noteCall(path: string, session: HookSession, call: HookCall): void {
  withNoteLock(path, () => {
    const before = noteSince(session, readHookNote(path));
    if (before && (isLater(before, call.startedAt) || isNested(before, call))) return;
    const step = followHook(before, call, HOOK_TABLES[call.agent] ?? {});
    if (step.type === 'write') writeHookNote(path, step.note);
    if (step.type === 'touch') touchHookNote(path, call.startedAt);
  });
}

/** A note that an earlier session of this name left is none of this one's. */
const noteSince = ({ createdAt }: HookSession, note: StoredHookNote | null): StoredHookNote | null =>
  note && Date.parse(note.at) < Date.parse(createdAt) ? null : note;

/** The ancestors that belong to the session: what stands above its own process is the runtime's. */
const within = (ancestors: readonly number[], { rootPid }: HookSession): readonly number[] =>
  rootPid === null ? ancestors : ancestors.slice(0, ancestors.indexOf(rootPid) + 1);

/**
 * Whether the note was left by a hook that was started after this one; a time to come is a clock that was set back. Of two
 * that were started at once, as the clock can tell, a question is the later one: nobody answers it that fast.
 */
function isLater({ at, activity }: StoredHookNote, startedAt: number): boolean {
  const noted = Date.parse(at);
  if (noted > Date.now()) return false;
  return noted > startedAt || (activity === 'waiting_input' && startedAt - noted < CLOCK_MS);
}

/** Whether an agent speaks that runs inside the session's own one: that one still lives, and is another. */
function isNested(before: StoredHookNote, { agent, input, process: own }: HookCall): boolean {
  if (before.agent === agent && before.conversation === input.conversation) return false;
  if (!before.process || !own) return false;
  if (before.process.pid === own.pid && before.process.startTime === own.startTime) return false;
  return checkProcess({ ...before.process, ...thisMachine() }).state === 'alive';
}

import type { Activity } from '../session/activity.js';
import type { HookInput } from './hook-input.js';
import type { HookTable } from './hook-table.js';
import type { StoredHookNote } from './stored-hook-note.js';

/** An event as it came, before it is known what it means. */
export interface HookCall {
  agent: string;
  input: HookInput;
  /** When the hook was started: epoch milliseconds. */
  startedAt: number;
  process: StoredHookNote['process'];
}

/** What is left to do: `write` a new note, `touch` the old one, which says the same, or `keep` it. */
export type HookStep = { type: 'write'; note: StoredHookNote } | { type: 'touch' } | { type: 'keep' };

const KEEP: HookStep = { type: 'keep' };

/** What an event makes of the note that its session has: pure. */
export function followHook(before: StoredHookNote | null, call: HookCall, table: HookTable): HookStep {
  const { agent, input, startedAt, process } = call;
  const entry = Object.hasOwn(table, input.event) ? table[input.event] : undefined;
  const meaning = typeof entry === 'function' ? entry(input, before) : entry;
  if (meaning === undefined || meaning === 'nothing') return KEEP;
  const activity = meaning === 'silence' ? null : meaning;
  const note: StoredHookNote = {
    event: input.event,
    at: new Date(startedAt).toISOString(),
    activity,
    detail: describe(input, activity),
    agent,
    conversation: input.conversation,
    transcriptPath: input.transcriptPath,
    subagent: input.subagent,
    process,
    ...(isRest(activity) && input.failure !== null ? { error: input.failure.text } : {}),
  };
  if (!before) return { type: 'write', note };
  if (saysTheSame(before, note)) return { type: 'touch' };
  return isOfAnother(before, input, meaning) ? KEEP : { type: 'write', note };
}

/** Whether a subagent speaks where only the agent can: its work ends no wait but its own, and no turn's end. */
const isOfAnother = (before: StoredHookNote, { subagent }: HookInput, meaning: string): boolean =>
  subagent !== null &&
  meaning !== 'waiting_input' &&
  !(before.activity === 'waiting_input' && before.subagent === subagent);

/** Whether a turn is over; an error that ended it is told then, and not one that the agent goes on after. */
const isRest = (activity: Activity | null): boolean => activity === 'ready' || activity === 'blocked';

/** Whoever waits stays the one who waits: a notification that repeats it does not say who it is. */
const saysTheSame = (one: StoredHookNote, other: StoredHookNote): boolean =>
  one.activity === other.activity &&
  one.error === other.error &&
  one.agent === other.agent &&
  one.conversation === other.conversation &&
  one.transcriptPath === other.transcriptPath &&
  one.process?.pid === other.process?.pid &&
  one.process?.startTime === other.process?.startTime;

const SAYINGS: Readonly<Record<Activity, string>> = {
  active: 'it works',
  ready: 'its turn is over',
  idle: 'it has nothing to do',
  waiting_input: 'it waits for an answer',
  blocked: 'it can not go on',
  exited: 'it has ended',
};

function describe({ tool, notification, cause, subagent }: HookInput, activity: Activity | null): string {
  const about = tool ?? notification ?? cause;
  const who = subagent === null ? '' : ', says a subagent';
  return `${activity === null ? 'it says goodbye' : SAYINGS[activity]}${who}${about === null ? '' : ` (${about})`}`;
}

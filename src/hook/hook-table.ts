import type { Activity } from '../session/activity.js';
import type { HookInput } from './hook-input.js';

/** What follows from an event: an activity; `silence`, nothing is known from now on; `nothing`, all stays as it was. */
export type HookMeaning = Activity | 'silence' | 'nothing';

/** What the hooks of an agent said last, and which of its subagents said it (null: the agent itself). */
export interface HookBefore {
  activity: Activity | null;
  subagent: string | null;
}

/** What each event of an agent means; `before` is null if none has spoken. The events are those that are asked for. */
export type HookTable = Readonly<
  Record<string, HookMeaning | ((input: HookInput, before: HookBefore | null) => HookMeaning)>
>;

import type { Activity } from '../session/activity.js';
import type { HookInput } from './hook-input.js';

/** What follows from an event: an activity; `silence`, nothing is known from now on; `nothing`, all stays as it was. */
export type HookMeaning = Activity | 'silence' | 'nothing';

/** What each event of an agent means; `before` is what its hooks said last. The events are those that are asked for. */
export type HookTable = Readonly<
  Record<string, HookMeaning | ((input: HookInput, before: Activity | null) => HookMeaning)>
>;

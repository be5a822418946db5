import * as z from 'zod';
import type { LifecycleEvent } from '../session/event.js';
import type { Place } from '../session/place.js';
import { toldStateSchema, type ToldState } from '../session/told-state.js';

/** The version of the journal's shape that this program writes. */
const JOURNAL_FORMAT = 1;

/** All that was told up to a place. */
export interface Checkpoint {
  at: Place;
  told: ToldState;
}

/** A line of the journal. `type` of a checkpoint is no event's. */
export type JournalLine = { type: 'event'; event: LifecycleEvent } | ({ type: 'checkpoint' } & Checkpoint);

const checkpointSchema = z.object({
  journal: z.literal(JOURNAL_FORMAT),
  at: z.object({ epoch: z.string(), seq: z.int().min(0) }),
  told: toldStateSchema,
});

export const formatCheckpoint = ({ at, told }: Checkpoint): string =>
  `${JSON.stringify({ journal: JOURNAL_FORMAT, at, told })}\n`;

/** An event's line is what every reader gets, to the byte. */
export const formatEvent = (event: LifecycleEvent): string => `${JSON.stringify(event)}\n`;

/** Reads a line; null if it is none, as where power was lost. */
export function parseLine(text: string): JournalLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (isEvent(value)) return { type: 'event', event: value };
  const { success, data } = checkpointSchema.safeParse(value);
  return success ? { type: 'checkpoint', at: data.at, told: data.told } : null;
}

/** What this program wrote need not be checked in depth: a follower reads every event. */
const isEvent = (value: unknown): value is LifecycleEvent =>
  typeof value === 'object' &&
  value !== null &&
  ['type', 'epoch', 'time'].every((field) => typeof (value as Record<string, unknown>)[field] === 'string') &&
  Number.isSafeInteger((value as Record<string, unknown>)['seq']);

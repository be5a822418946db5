import * as z from 'zod';
import { eventSchema } from './event-schema.js';
import { sessionSchema } from './session.js';

export { eventSchema } from './event-schema.js';
export { findingSchema } from './finding.js';

/** What a session's record on disk must look like. */
export const recordSchema = sessionSchema;

/** A line of `vitals events`: an event or, with `--snapshot`, what comes before the events. */
export const lineSchema = z.union([
  eventSchema,
  z
    .object({ type: z.literal('session'), session: sessionSchema })
    .describe('A session, as it was told of by then.'),
  z
    .object({ type: z.literal('synced'), cursor: z.string() })
    .describe('That was all: the events after this cursor follow.'),
]);

import * as z from 'zod';

/** What a record's idle clock must look like. */
export const idleClockSchema = z.looseObject({ since: z.string(), boot: z.string(), awakeMs: z.number() });

import * as z from 'zod';

/** What a record's exit must look like. */
export const sessionExitSchema = z.looseObject({
  reason: z.string(),
  code: z.number().int().nullable().default(null),
  signal: z.string().nullable().default(null),
  at: z.string(),
});

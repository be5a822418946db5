import * as z from 'zod';

/** How a program ended: its exit code or the signal that ended it (`SIGKILL`); null is what is not known. */
export interface Exit {
  code: number | null;
  signal: string | null;
}

export const UNKNOWN_EXIT: Exit = Object.freeze({ code: null, signal: null });

/** Why and how a session ended; `at` is ISO 8601 UTC with ms. */
export const sessionExitSchema = z.looseObject({
  reason: z.string(),
  code: z.number().int().nullable().default(null),
  signal: z.string().nullable().default(null),
  at: z.string(),
});

export interface SessionExit extends Exit {
  reason: string;
  at: string;
}

import * as z from 'zod';

/** What a pass saw, as JSON. */
export const passReportSchema = z.object({
  sessions: z.number(),
  unreadable: z.number(),
  error: z.string().nullable(),
});

/** What one pass saw. */
export interface PassReport {
  sessions: number;
  unreadable: number;
  /** Why the records could not be listed; null when they were. */
  error: string | null;
}

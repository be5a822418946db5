import * as z from 'zod';

/** What a record's evidence must look like. */
export const evidenceSchema = z.looseObject({
  source: z.string(),
  detail: z.string(),
  observedAt: z.string(),
  error: z.string().exactOptional(),
});

/** How something is known: the source asked, what it said, and when (ISO 8601 UTC with ms). */
export interface Evidence {
  source: string;
  detail: string;
  observedAt: string;
  /** The error that ended the agent's last turn, in its own words. */
  error?: string;
}

import * as z from 'zod';
import { ACTIVITIES } from './activity.js';
import { ID_PATTERN } from './session-key.js';
import { STATUSES } from './status.js';

/** What was told last of a session. */
export const toldSessionSchema = z.object({
  projectId: z.string().regex(ID_PATTERN),
  id: z.string().regex(ID_PATTERN),
  createdAt: z.string(),
  status: z.enum(STATUSES),
  activity: z.enum(ACTIVITIES).nullable(),
  /** The agent that ended in its shell last. */
  leftAgent: z.object({ agent: z.string(), at: z.string() }).optional(),
  /** It has ended, and no `terminated` said so yet. */
  isEndUntold: z.literal(true).optional(),
});

/** All that was told, as JSON: what a journal's checkpoints hold. */
export const toldStateSchema = z.object({
  /** Whether the records were ever looked at: what had ended by then counts as told. */
  isWatched: z.boolean(),
  sessions: z.array(toldSessionSchema),
  outages: z.array(z.object({ runtime: z.string(), server: z.string() })),
  unreadable: z.array(z.object({ path: z.string(), message: z.string() })),
});

export type ToldSession = z.infer<typeof toldSessionSchema>;

export type ToldState = z.infer<typeof toldStateSchema>;

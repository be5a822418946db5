import * as z from 'zod';

/** One thing that was looked at on this machine: how it stands, and what mends it. */
export const findingSchema = z.object({
  check: z.string().describe('What was looked at, in one word: node, tmux, home, hooks.'),
  state: z
    .enum(['ok', 'warning', 'broken'])
    .describe('warning: it works, but not as it should or not for long; broken: something does not work.'),
  found: z.string().describe('What was found, in one line for people.'),
  cure: z.string().nullable().describe('What mends it, a command or a sentence; null where nothing need be.'),
});

export type Finding = z.infer<typeof findingSchema>;

import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

/** One piece of a message: prose, a call of a tool, or a tool's result. */
export interface ClaudeBlock {
  type: string;
  text?: string | undefined;
  id?: string | undefined;
  name?: string | undefined;
  tool_use_id?: string | undefined;
}

const blockSchema: z.ZodType<ClaudeBlock> = z
  .object({ type: z.string(), text, id: text, name: text, tool_use_id: text })
  .catch({ type: 'unknown' });

const entrySchema = z.object({
  type: z.string(),
  subtype: text,
  timestamp: text,
  isSidechain: flag,
  isMeta: flag,
  isCompactSummary: flag,
  isApiErrorMessage: flag,
  compactMetadata: z.object({ trigger: text }).optional().catch(undefined),
  message: z
    .object({
      id: text,
      stop_reason: text,
      content: z
        .union([
          z.string().transform((prose): ClaudeBlock[] => [{ type: 'text', text: prose }]),
          z.array(blockSchema),
        ])
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** A line of a Claude Code transcript, as far as it tells of activity. Only its type is certain. */
export type ClaudeEntry = z.infer<typeof entrySchema>;

/** Reads one line of a transcript; null if it is no entry. */
export function parseClaudeEntry(line: string): ClaudeEntry | null {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data ?? null;
  } catch (error) {
    // A line of another kind tells nothing, and the lines before it still do.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

import * as z from 'zod';
import { parseJsonLine } from '../transcript/parse-json-line.js';

const text = z.string().optional().catch(undefined);
const count = z.number().int().nonnegative().optional().catch(undefined);
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
  /** Of such a message: what kind of error it was, in the CLI's own terms. */
  error: text,
  /** Of a `queue-operation`: what waits to be given to the model. */
  content: text,
  /** Of an `attachment`: what was typed or told during a turn. */
  attachment: z.object({ prompt: text }).optional().catch(undefined),
  /** What Claude Code itself notes of a tool's result: of work in the background, that it was launched. */
  toolUseResult: z.object({ status: text, agentId: text, taskId: text }).optional().catch(undefined),
  /** Of a `turn_duration`: what goes on in the background; left out where nothing does. */
  pendingBackgroundAgentCount: count,
  pendingWorkflowCount: count,
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
export const parseClaudeEntry = (line: string): ClaudeEntry | null => parseJsonLine(line, entrySchema);

import { parseObject } from './parse-object.js';

/** What an agent's hook says of itself; null is what it does not say. */
export interface HookInput {
  event: string;
  /** The agent's own name for its conversation. */
  conversation: string | null;
  transcriptPath: string | null;
  /** The subagent that it is about; null for the agent itself. */
  subagent: string | null;
  tool: string | null;
  notification: string | null;
  /** Why a conversation began or ended: `clear`, `compact`, `exit`. */
  cause: string | null;
}

const MAX_NAME_LENGTH = 200;
const MAX_PATH_LENGTH = 4096;

/** Reads the JSON of a hook; null if it is none. All agents name these fields alike. */
export function parseHookInput(text: string): HookInput | null {
  const fields = parseObject(text);
  if (!fields) return null;
  const event = nameOf(fields['hook_event_name']);
  if (event === null) return null;
  return {
    event,
    conversation: nameOf(fields['session_id']),
    transcriptPath: textOf(fields['transcript_path'], MAX_PATH_LENGTH),
    subagent: nameOf(fields['agent_id']),
    tool: nameOf(fields['tool_name']),
    notification: nameOf(fields['notification_type']),
    cause: nameOf(fields['source']) ?? nameOf(fields['reason']),
  };
}

const nameOf = (value: unknown): string | null => textOf(value, MAX_NAME_LENGTH);

const textOf = (value: unknown, maxLength: number): string | null =>
  typeof value === 'string' && value !== '' && value.length <= maxLength ? value : null;

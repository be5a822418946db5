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
  /** Why a conversation began or ended, or what began a compaction: `clear`, `exit`, `manual`. */
  cause: string | null;
  /** What failed: `kind` is the agent's own word for it (`rate_limit`), `text` what it tells a person. */
  failure: { kind: string | null; text: string } | null;
  /** A person interrupted it. */
  isInterrupted: boolean;
  /** The subagents that are at work in the background, by the ids that hooks of theirs have in `subagent`. */
  atWork: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const MAX_NAME_LENGTH = 200;
const MAX_PATH_LENGTH = 4096;
const MAX_ERROR_LENGTH = 500;

/**
 * Reads the JSON of a hook; null if it is none. Claude Code 2.1.332, Codex 0.171, Gemini CLI 0.61 and Qwen Code 0.24.4 name
 * these fields alike.
 */
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
    cause: nameOf(fields['source']) ?? nameOf(fields['reason']) ?? nameOf(fields['trigger']),
    failure: readFailure(fields),
    isInterrupted: fields['is_interrupt'] === true,
    atWork: readAtWork(fields['background_tasks']),
  };
}

function readFailure(fields: Json): HookInput['failure'] {
  const { error } = fields;
  if (error === undefined || error === null) return null;
  // The last message is what the agent shows a person of the error: "API Error: 400 …".
  const said = [fields['last_assistant_message'], fields['error_details'], error];
  const text = said.find((one): one is string => typeof one === 'string' && one.trim() !== '');
  return text === undefined ? null : { kind: nameOf(error), text: text.trim().slice(0, MAX_ERROR_LENGTH) };
}

function readAtWork(tasks: unknown): string[] {
  if (!Array.isArray(tasks)) return [];
  return tasks.flatMap((task: unknown) => {
    if (typeof task !== 'object' || task === null) return [];
    const { type, status, id } = task as Json;
    return type === 'subagent' && status === 'running' && typeof id === 'string' ? [id] : [];
  });
}

const nameOf = (value: unknown): string | null => textOf(value, MAX_NAME_LENGTH);

const textOf = (value: unknown, maxLength: number): string | null =>
  typeof value === 'string' && value !== '' && value.length <= maxLength ? value : null;

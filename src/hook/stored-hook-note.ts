import type { HookNote } from '../agent/hook-note.js';
import { ACTIVITIES } from '../session/activity.js';
import { parseObject } from './parse-object.js';

/** A hook's note as it lies in the home, and who left it. */
export interface StoredHookNote extends HookNote {
  agent: string;
  conversation: string | null;
  transcriptPath: string | null;
  /** The subagent that spoke; null for the agent itself. */
  subagent: string | null;
  /** The agent's process, where it is known. */
  process: { pid: number; startTime: string } | null;
}

/** Reads a note; null if the text is none. */
export function parseHookNote(text: string): StoredHookNote | null {
  const fields = parseObject(text);
  if (!fields) return null;
  const { event, at, activity, detail, agent, ...rest } = fields;
  const known = ACTIVITIES.find((name) => name === activity) ?? null;
  if (typeof event !== 'string' || typeof detail !== 'string' || typeof agent !== 'string') return null;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || (known === null && activity !== null))
    return null;
  return {
    ...{ event, at, activity: known, detail, agent },
    conversation: textOrNull(rest['conversation']),
    transcriptPath: textOrNull(rest['transcriptPath']),
    subagent: textOrNull(rest['subagent']),
    process: processOf(rest['process']),
    ...(typeof rest['error'] === 'string' ? { error: rest['error'] } : {}),
  };
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function processOf(value: unknown): StoredHookNote['process'] {
  if (typeof value !== 'object' || value === null) return null;
  const { pid, startTime } = value as Record<string, unknown>;
  return typeof pid === 'number' && typeof startTime === 'string' ? { pid, startTime } : null;
}

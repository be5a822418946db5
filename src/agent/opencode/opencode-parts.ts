import * as z from 'zod';
import { endsWithQuestion } from '../transcript/ends-with-question.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import type { TranscriptFormat } from '../transcript/transcript-format.js';
import type { TranscriptVerdict } from '../transcript/transcript-verdict.js';

const text = z.string().optional().catch(undefined);

/** A part of a message, as opencode stores it, with its message's role and its own time (epoch milliseconds). */
export const partSchema = z.object({
  type: z.string(),
  text,
  reason: text,
  tool: text,
  state: z.object({ status: text }).optional().catch(undefined),
  _role: text,
  _ts: z.number().optional().catch(undefined),
});

export type OpencodePart = z.infer<typeof partSchema>;

/** What the parts of an opencode session say so far. */
export interface OpencodeState {
  last: OpencodePart | null;
  /** The last prose of the model. */
  said: string;
}

/** Reasons to finish a step after which the model goes on. */
const GOES_ON: ReadonlySet<string> = new Set(['tool-calls', 'unknown']);

/** The tools whose use is a question to a person. */
const QUESTIONS: ReadonlySet<string> = new Set(['question', 'plan_exit']);

/** How the parts of an opencode session tell of activity; the lines are parts as JSON. */
export const OPENCODE_PARTS: TranscriptFormat<OpencodeState> = {
  start: { last: null, said: '' },
  read(state, line) {
    const part = parseJsonLine(line, partSchema);
    return part && takePart(state, part);
  },
  judge: judgeParts,
  isSure: ({ last }) => last !== null,
};

/** The state after one more part. */
export function takePart({ said }: OpencodeState, part: OpencodePart): OpencodeState {
  if (part._role === 'user') return { last: part, said: '' };
  return { last: part, said: part.type === 'text' ? (part.text ?? '') : said };
}

/** What the agent was doing at the last part; null if there is none. */
export function judgeParts({ last, said }: OpencodeState): TranscriptVerdict | null {
  if (!last) return null;
  const at = last._ts === undefined ? null : new Date(last._ts).toISOString();
  const verdict = (activity: TranscriptVerdict['activity'], what: string): TranscriptVerdict => ({
    activity,
    at,
    detail: at === null ? what : `${what} at ${at}`,
  });
  if (last._role === 'user') return verdict('active', last.type === 'compaction' ? 'compacts' : 'prompted');
  if (last.type === 'tool') {
    const isOpen = last.state?.status === 'pending' || last.state?.status === 'running';
    if (isOpen && QUESTIONS.has(last.tool ?? ''))
      return verdict('waiting_input', `asked with ${String(last.tool)}`);
    return verdict('active', `called ${last.tool ?? 'a tool'}`);
  }
  if (last.type !== 'step-finish') return verdict('active', 'in a step');
  if (GOES_ON.has(last.reason ?? 'unknown')) return verdict('active', 'finished a step');
  return endsWithQuestion(said)
    ? { ...verdict('waiting_input', 'ended its turn with a question'), isTurnOver: true }
    : verdict('ready', 'finished its turn');
}

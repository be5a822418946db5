import * as z from 'zod';
import { endsWithQuestion } from '../transcript/ends-with-question.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import type { TranscriptFormat } from '../transcript/transcript-format.js';
import type { TranscriptVerdict } from '../transcript/transcript-verdict.js';

const text = z.string().optional().catch(undefined);

const partSchema = z
  .object({ text, functionResponse: z.unknown().optional() })
  .catch({ functionResponse: undefined });

const recordSchema = z.object({
  type: text,
  timestamp: text,
  content: z
    .union([
      z.string().transform((said) => [{ text: said, functionResponse: undefined }]),
      z.array(partSchema),
    ])
    .optional()
    .catch(undefined),
  toolCalls: z
    .array(z.object({ name: text, status: text }))
    .optional()
    .catch(undefined),
});

const lineSchema = recordSchema.extend({
  $set: z
    .object({ messages: z.array(recordSchema).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  $rewindTo: z.unknown().optional(),
});

/** How Gemini puts on record what the person ran with `!`: the model is not asked. */
const SHELL_MODE = /^I ran the following shell command:/;

type GeminiRecord = z.infer<typeof recordSchema>;

/** What a Gemini chat says up to a line: its last verdict is all that matters. */
export interface GeminiState {
  verdict: TranscriptVerdict | null;
}

/**
 * How a Gemini chat tells of activity: whose record is the last. It has no mark of a turn's end; a record of the model is
 * written before its tools run, and again with them, so that prose before a slow tool looks like an answer.
 */
export const GEMINI_TRANSCRIPT: TranscriptFormat<GeminiState> = {
  start: { verdict: null },
  read(state, line) {
    const read = parseJsonLine(line, lineSchema);
    if (!read) return null;
    if (read.$rewindTo !== undefined) return { verdict: { activity: 'ready', detail: 'rewound', at: null } };
    const record = read.$set?.messages?.at(-1) ?? read;
    const verdict = judgeRecord(record);
    return verdict ? { verdict } : state;
  },
  judge: ({ verdict }) => verdict,
  isSure: ({ verdict }) => verdict !== null,
};

function judgeRecord(record: GeminiRecord): TranscriptVerdict | null {
  const at = record.timestamp ?? null;
  const said = (record.content ?? []).map((part) => part.text ?? '').join('');
  const verdict = (activity: TranscriptVerdict['activity'], what: string): TranscriptVerdict => ({
    activity,
    at,
    detail: at === null ? what : `${what} at ${at}`,
  });
  switch (record.type) {
    case 'user': {
      const isResult = record.content?.some((part) => part.functionResponse !== undefined);
      if (SHELL_MODE.test(said)) return verdict('ready', 'ran a command of the person');
      return verdict('active', isResult === true ? 'got the result of a tool' : 'prompted');
    }
    case 'gemini':
      return judgeAnswer(record, { said, verdict });
    case 'error':
      return verdict('ready', 'ended its turn with an error');
    case 'info':
      return /\bcancel/i.test(said) ? verdict('ready', 'interrupted') : null;
    default:
      return null;
  }
}

function judgeAnswer(
  { toolCalls = [] }: GeminiRecord,
  {
    said,
    verdict,
  }: { said: string; verdict: (activity: TranscriptVerdict['activity'], what: string) => TranscriptVerdict },
): TranscriptVerdict {
  if (toolCalls.length > 0) {
    const isCancelled = toolCalls.every(({ status }) => status === 'cancelled');
    return isCancelled
      ? verdict('ready', 'interrupted')
      : verdict('active', `called ${toolCalls.at(-1)?.name ?? 'a tool'}`);
  }
  if (said.trim() === '') return verdict('active', 'calls a tool');
  return endsWithQuestion(said)
    ? { ...verdict('waiting_input', 'answered with a question'), isTurnOver: true }
    : verdict('ready', 'answered');
}

import * as z from 'zod';
import { endsWithQuestion } from '../transcript/ends-with-question.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import type { TranscriptFormat } from '../transcript/transcript-format.js';
import type { TranscriptVerdict } from '../transcript/transcript-verdict.js';

const text = z.string().optional().catch(undefined);

const lineSchema = z.object({
  type: z.string(),
  timestamp: text,
  message: z
    .object({
      parts: z
        .array(
          z.object({
            text,
            thought: z.boolean().optional().catch(undefined),
            functionCall: z.object({ name: text }).optional().catch(undefined),
          }),
        )
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  toolCallResult: z.object({ status: text }).optional().catch(undefined),
  systemPayload: z
    .object({
      uiEvent: z.object({ 'event.name': text, error_message: text }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** What a Qwen Code chat says up to a line. */
export interface QwenState {
  verdict: TranscriptVerdict | null;
}

/**
 * How a chat of Qwen Code tells of activity; read off version 0.24.4. An answer that calls no tool ends its turn, and so does
 * a call that the person denied or cancelled; a turn that was interrupted in its text leaves no line.
 */
export const QWEN_CHAT: TranscriptFormat<QwenState> = {
  start: { verdict: null },
  read(state, line) {
    const read = parseJsonLine(line, lineSchema);
    if (!read) return null;
    const at = read.timestamp ?? null;
    const verdict = (activity: TranscriptVerdict['activity'], what: string): TranscriptVerdict => ({
      activity,
      at,
      detail: at === null ? what : `${what} at ${at}`,
    });
    const { parts = [] } = read.message ?? {};
    switch (read.type) {
      case 'user':
        return { verdict: verdict('active', 'prompted') };
      case 'assistant': {
        const call = parts.findLast(({ functionCall }) => functionCall !== undefined)?.functionCall;
        if (call) return { verdict: verdict('active', `called ${call.name ?? 'a tool'}`) };
        const said = parts.map((part) => (part.thought === true ? '' : (part.text ?? ''))).join('');
        const ending = endsWithQuestion(said)
          ? verdict('waiting_input', 'answered with a question')
          : verdict('ready', 'answered');
        return { verdict: { ...ending, isTurnOver: true } };
      }
      case 'tool_result':
        return read.toolCallResult?.status === 'cancelled'
          ? { verdict: { ...verdict('ready', 'interrupted'), isTurnOver: true } }
          : { verdict: verdict('active', 'got the result of a tool') };
      case 'system': {
        const event = read.systemPayload?.uiEvent;
        // Requests of its own that fail after the turn, such as for suggestions, are no error of the turn.
        if (event?.['event.name'] !== 'qwen-code.api_error' || state.verdict?.activity !== 'active')
          return state;
        const error = event.error_message ?? 'an error';
        const ending = verdict('ready', 'ended its turn with an error');
        return { verdict: { ...ending, isTurnOver: true, error } };
      }
      default:
        return state;
    }
  },
  judge: ({ verdict }) => verdict,
  isSure: ({ verdict }) => verdict !== null,
};

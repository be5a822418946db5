import * as z from 'zod';
import { endsWithQuestion } from '../transcript/ends-with-question.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import type { TranscriptFormat } from '../transcript/transcript-format.js';
import type { TranscriptVerdict } from '../transcript/transcript-verdict.js';

const text = z.string().optional().catch(undefined);

const contentSchema = z.union([
  z.string().transform((said) => [{ type: 'text', text: said }]),
  z.array(z.object({ type: text, text })),
]);

const lineSchema = z.object({
  type: z.string(),
  timestamp: text,
  message: z
    .object({
      role: text,
      stopReason: text,
      errorMessage: text,
      content: contentSchema.optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** What a pi session says up to a line. */
export interface PiState {
  verdict: TranscriptVerdict | null;
}

/**
 * How a session of pi tells of activity: each message of the model says why it stopped. Read off version 0.73.1; its
 * fields are `AssistantMessage.stopReason` and `errorMessage` of the package pi-ai.
 */
export const PI_SESSION: TranscriptFormat<PiState> = {
  start: { verdict: null },
  read(state, line) {
    const read = parseJsonLine(line, lineSchema);
    if (!read) return null;
    const at = read.timestamp ?? null;
    const verdict = (activity: TranscriptVerdict['activity'], what: string): PiState => ({
      verdict: { activity, at, detail: at === null ? what : `${what} at ${at}` },
    });
    const over = (ending: PiState, error?: string): PiState => ({
      verdict: ending.verdict && {
        ...{ ...ending.verdict, isTurnOver: true },
        ...(error === undefined ? {} : { error }),
      },
    });
    if (read.type === 'compaction') return over(verdict('ready', 'compacted'));
    const { role, stopReason, errorMessage, content = [] } = read.message ?? {};
    if (role === 'user') return verdict('active', 'prompted');
    if (role === 'toolResult') return verdict('active', 'got the result of a tool');
    if (role !== 'assistant') return state;
    switch (stopReason) {
      case 'toolUse':
        return verdict('active', 'called a tool');
      case 'aborted':
        return over(verdict('ready', 'interrupted'));
      case 'error':
        return over(verdict('ready', 'ended its turn with an error'), errorMessage ?? 'an error');
      default: {
        const said = content.map((part) => part.text ?? '').join('');
        return over(
          endsWithQuestion(said)
            ? verdict('waiting_input', 'answered with a question')
            : verdict('ready', 'answered'),
        );
      }
    }
  },
  judge: ({ verdict }) => verdict,
  isSure: ({ verdict }) => verdict !== null,
};

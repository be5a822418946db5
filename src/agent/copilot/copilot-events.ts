import * as z from 'zod';
import { endsWithQuestion } from '../transcript/ends-with-question.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import type { TranscriptFormat } from '../transcript/transcript-format.js';
import type { TranscriptVerdict } from '../transcript/transcript-verdict.js';

const text = z.string().optional().catch(undefined);

const lineSchema = z.object({
  type: z.string(),
  timestamp: text,
  data: z
    .object({
      content: text,
      message: text,
      toolName: text,
      toolRequests: z.array(z.unknown()).optional().catch(undefined),
      /** Of a subagent's event: the call of its parent that it serves. */
      parentToolCallId: text,
    })
    .catch({}),
});

type CopilotEvent = z.infer<typeof lineSchema>;

/** What the events of a Copilot session say up to a line. */
export interface CopilotState {
  verdict: TranscriptVerdict | null;
  /** The last prose of the model. */
  said: string;
  /** Whether the model's last message calls tools, whose results go back to it. */
  goesOn: boolean;
}

/** The tools whose use is a question to the person. */
const QUESTIONS: ReadonlySet<string> = new Set(['ask_user', 'exit_plan_mode']);

/**
 * How `events.jsonl` of Copilot CLI tells of activity; read off version 1.0.102 and its own schema of session events. A turn
 * there is one answer of the model: the last of a prompt is one that calls no tool.
 */
export const COPILOT_EVENTS: TranscriptFormat<CopilotState> = {
  start: { verdict: null, said: '', goesOn: false },
  read(state, line) {
    const event = parseJsonLine(line, lineSchema);
    return event && takeEvent(state, event);
  },
  judge: ({ verdict }) => verdict,
  isSure: ({ verdict }) => verdict !== null,
};

function takeEvent(state: CopilotState, { type, timestamp, data }: CopilotEvent): CopilotState {
  const isOfSubagent = data.parentToolCallId !== undefined;
  const at = timestamp ?? null;
  const verdict = (activity: TranscriptVerdict['activity'], what: string): TranscriptVerdict => ({
    activity,
    at,
    detail: at === null ? what : `${what} at ${at}`,
  });
  const works = (what: string): CopilotState => ({ ...state, verdict: verdict('active', what) });
  const ends = (ending: TranscriptVerdict): CopilotState => ({
    ...{ said: '', goesOn: false },
    verdict: { ...ending, isTurnOver: true },
  });
  switch (type) {
    case 'user.message':
      return { said: '', goesOn: false, verdict: verdict('active', 'prompted') };
    case 'assistant.turn_start':
      return { ...works('in a turn'), ...(isOfSubagent ? {} : { said: '', goesOn: false }) };
    case 'assistant.message': {
      if (isOfSubagent) return works('a subagent works');
      const goesOn = (data.toolRequests ?? []).length > 0;
      return { ...works('answers'), said: data.content ?? '', goesOn };
    }
    case 'assistant.turn_end':
      if (isOfSubagent || state.goesOn) return works('finished a step');
      return ends(
        endsWithQuestion(state.said)
          ? verdict('waiting_input', 'answered with a question')
          : verdict('ready', 'answered'),
      );
    case 'permission.requested':
      return { ...state, verdict: verdict('waiting_input', 'asked for permission') };
    case 'permission.completed':
      return works('was given an answer to its question for permission');
    case 'tool.execution_start': {
      const name = data.toolName ?? 'a tool';
      return QUESTIONS.has(name)
        ? { ...state, verdict: verdict('waiting_input', `asked with ${name}`) }
        : works(`called ${name}`);
    }
    case 'tool.execution_complete':
      return works('got the result of a tool');
    case 'session.compaction_start':
      return works('compacts');
    case 'session.compaction_complete':
      return ends(verdict('ready', 'compacted'));
    case 'abort':
      return ends(verdict('ready', 'interrupted'));
    case 'session.error':
      return ends({ ...verdict('ready', 'ended its turn with an error'), error: data.message ?? 'an error' });
    case 'session.resume':
    case 'session.shutdown':
    case 'session.context_cleared':
      return ends(verdict('ready', 'no turn is open'));
    default:
      return state;
  }
}

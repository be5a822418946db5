import * as z from 'zod';
import { endsWithQuestion } from '../transcript/ends-with-question.js';
import { parseJsonLine } from '../transcript/parse-json-line.js';
import type { TranscriptFormat } from '../transcript/transcript-format.js';
import type { TranscriptVerdict } from '../transcript/transcript-verdict.js';

const text = z.string().nullish().catch(undefined);

const lineSchema = z.object({
  timestamp: text,
  type: z.string(),
  payload: z
    .object({
      type: text,
      name: text,
      call_id: text,
      message: text,
      last_agent_message: text,
      item: z
        .object({ type: text, content: z.array(z.object({ text })).catch([]) })
        .optional()
        .catch(undefined),
      error: z.object({ message: text }).nullish().catch(undefined),
    })
    .catch({}),
});

type Payload = z.infer<typeof lineSchema>['payload'];

/** What a Codex rollout says up to a line. */
export interface CodexState {
  turn: 'unknown' | 'running' | 'done' | 'aborted';
  /** The turn's beginning or end was read, so nothing earlier matters. */
  hasSeenBoundary: boolean;
  /** The time of the last line that tells. */
  at: string | null;
  /** What the agent said last in this turn. */
  said: string;
  /** The error that ended the turn, in its own words; empty where it has none. */
  error: string | null;
  /** It proposed a plan in this turn, which a person has to accept. */
  hasPlan: boolean;
  /** The tools that run, or wait for leave to run, by call. */
  open: Readonly<Record<string, string>>;
}

const NEW_TURN = { said: '', error: null, hasPlan: false, open: {} };

/** The tools whose use is a question to a person. */
const QUESTIONS: ReadonlySet<string> = new Set(['request_user_input']);

/**
 * How a Codex rollout tells of activity. The shapes are those of Codex 0.118 to 0.171: a turn runs from `task_started` to
 * `task_complete`, which names the error of a failed one, or `turn_aborted`; requests for approval are not written, so a
 * call without output runs or waits. Since 0.171 what was said is an `item_completed`.
 */
export const CODEX_TRANSCRIPT: TranscriptFormat<CodexState> = {
  start: { turn: 'unknown', hasSeenBoundary: false, at: null, ...NEW_TURN },
  read(state, line) {
    const read = parseJsonLine(line, lineSchema);
    if (!read) return null;
    const { type, payload, timestamp } = read;
    const told =
      type === 'event_msg'
        ? takeEvent(state, payload)
        : type === 'response_item'
          ? takeItem(state, payload)
          : null;
    return told ? { ...state, ...told, at: timestamp ?? state.at } : state;
  },
  judge,
  isSure: ({ hasSeenBoundary }) => hasSeenBoundary,
};

function takeEvent({ turn, said }: CodexState, payload: Payload): Partial<CodexState> | null {
  switch (payload.type) {
    case 'task_started':
    case 'turn_started':
      return { ...NEW_TURN, turn: 'running', hasSeenBoundary: true };
    case 'user_message':
      // What is typed during a turn belongs to it.
      return turn === 'running' ? {} : { ...NEW_TURN, turn: 'running', hasSeenBoundary: true };
    case 'agent_message':
      return { said: payload.message ?? '' };
    case 'item_completed':
      return takeDone(payload.item);
    case 'task_complete':
    case 'turn_complete':
      return {
        ...{ turn: 'done', hasSeenBoundary: true, open: {}, said: payload.last_agent_message ?? said },
        error: payload.error ? wordsOf(payload.error.message ?? '') : null,
      };
    case 'turn_aborted':
      return { ...NEW_TURN, turn: 'aborted', hasSeenBoundary: true };
    default:
      return null;
  }
}

function takeDone(item: Payload['item']): Partial<CodexState> | null {
  if (item?.type === 'Plan') return { hasPlan: true };
  return item?.type === 'AgentMessage'
    ? { said: item.content.map(({ text: said }) => said ?? '').join('') }
    : null;
}

const apiErrorSchema = z.object({ error: z.object({ message: z.string() }) });

/** An error of the model's server is passed on as its JSON. */
const wordsOf = (message: string): string => parseJsonLine(message, apiErrorSchema)?.error.message ?? message;

function takeItem(
  { turn, open }: CodexState,
  { type, name, call_id: id }: Payload,
): Partial<CodexState> | null {
  if (typeof type !== 'string' || (turn !== 'running' && turn !== 'unknown')) return null;
  const running = { turn: 'running' } as const;
  if (typeof id !== 'string') return running;
  if (type.endsWith('_call')) return { ...running, open: { ...open, [id]: name ?? type } };
  return { ...running, open: Object.fromEntries(Object.entries(open).filter(([call]) => call !== id)) };
}

function judge({ turn, at, said, error, hasPlan, open }: CodexState): TranscriptVerdict | null {
  const verdict = (activity: TranscriptVerdict['activity'], what: string): TranscriptVerdict => ({
    activity,
    at,
    detail: at === null ? what : `${what} at ${at}`,
  });
  switch (turn) {
    case 'unknown':
      return null;
    case 'running': {
      const tools = Object.values(open);
      const question = tools.find((tool) => QUESTIONS.has(tool));
      if (question !== undefined) return verdict('waiting_input', `asked with ${question}`);
      const tool = tools.at(-1);
      return verdict('active', tool === undefined ? 'in a turn' : `called ${tool}`);
    }
    case 'aborted':
      return verdict('ready', 'interrupted');
    case 'done':
      if (error !== null) {
        const told = error === '' ? 'an error' : error;
        return { ...verdict('ready', 'its turn failed'), isTurnOver: true, error: told };
      }
      if (hasPlan) return { ...verdict('waiting_input', 'proposed a plan'), isTurnOver: true };
      if (endsWithQuestion(said))
        return { ...verdict('waiting_input', 'ended its turn with a question'), isTurnOver: true };
      return verdict('ready', 'finished its turn');
  }
}

import { parseClaudeEntry } from './claude-entry.js';
import { readClaudeFact, type ClaudeFact } from './claude-fact.js';
import { endsWithQuestion } from '../transcript/ends-with-question.js';
import type { TranscriptFormat } from '../transcript/transcript-format.js';
import type { TranscriptVerdict } from '../transcript/transcript-verdict.js';

type Fact<Type> = Extract<ClaudeFact, { type: Type }>;

/** What a Claude Code transcript says up to a line. */
export interface ClaudeState {
  /** The last thing that tells. */
  last: Exclude<ClaudeFact, { type: 'notification' }> | null;
  /** The model's message that spans the last lines: its parts, and which of its calls have no result yet. */
  message:
    | (Pick<Fact<'message'>, 'text' | 'isApiError' | 'isBlocking'> & {
        id: string | null;
        open: Fact<'message'>['calls'];
      })
    | null;
  /** What is at work in the background, by id. */
  background: readonly string[];
  /** Its turns tell at their end how much that is. */
  countsBackground: boolean;
  /** A turn's beginning or end was read, so nothing earlier matters. */
  hasSeenBoundary: boolean;
}

/** Work that is known by the count alone. */
const UNNAMED = '';

/** The tools whose use is a question to a person. */
const QUESTIONS: ReadonlySet<string> = new Set(['AskUserQuestion', 'ExitPlanMode']);

/** How a Claude Code transcript tells of activity. The shapes are those of Claude Code 2.1.76 to 2.1.235. */
export const CLAUDE_TRANSCRIPT: TranscriptFormat<ClaudeState> = {
  start: { last: null, message: null, background: [], countsBackground: false, hasSeenBoundary: false },
  read(state, line) {
    const entry = parseClaudeEntry(line);
    if (!entry) return null;
    const fact = readClaudeFact(entry);
    return fact ? take(state, fact) : state;
  },
  judge,
  isSure: ({ last, hasSeenBoundary }) => last !== null && hasSeenBoundary,
};

function take(state: ClaudeState, fact: ClaudeFact): ClaudeState {
  switch (fact.type) {
    case 'notification':
      return { ...state, background: without(state.background, fact.finished) };
    case 'tool_result':
      return { ...takeResult(state, fact), last: fact };
    case 'message':
      return { ...takeMessage(state, fact), last: fact };
    case 'turn_end':
      return { ...takeEnd(state, fact), last: fact };
    case 'prompt':
      return {
        ...state,
        last: fact,
        message: null,
        background: without(state.background, fact.finished),
        hasSeenBoundary: true,
      };
    case 'interruption':
    case 'compaction':
      return { ...state, last: fact, message: null, hasSeenBoundary: true };
  }
}

/** What is at work by Claude Code's own count, some of which may have begun further up. */
function takeEnd(state: ClaudeState, { pending }: Fact<'turn_end'>): ClaudeState {
  if (pending === null && !state.countsBackground) return state;
  const count = pending ?? 0;
  const known = count === 0 ? [] : state.background.slice(-count);
  const unnamed = Array<string>(count - known.length).fill(UNNAMED);
  return { ...state, background: [...unnamed, ...known], countsBackground: true };
}

function without(ids: readonly string[], ended: string | null): readonly string[] {
  if (ended === null) return ids;
  const at = ids.includes(ended) ? ids.indexOf(ended) : ids.indexOf(UNNAMED);
  return at < 0 ? ids : ids.toSpliced(at, 1);
}

function takeResult(state: ClaudeState, { callIds, launched }: Fact<'tool_result'>): ClaudeState {
  const { message, background } = state;
  return {
    ...state,
    message: message && { ...message, open: message.open.filter(({ id }) => !callIds.includes(id)) },
    background: launched === null ? background : [...background, launched],
  };
}

function takeMessage(state: ClaudeState, fact: Fact<'message'>): ClaudeState {
  const { message } = state;
  const before = message?.id === fact.messageId ? message : { text: '', open: [] };
  return {
    ...state,
    message: {
      id: fact.messageId,
      text: fact.text === '' ? before.text : fact.text,
      isApiError: fact.isApiError,
      isBlocking: fact.isBlocking,
      open: [...before.open, ...fact.calls],
    },
    hasSeenBoundary: state.hasSeenBoundary || message !== null,
  };
}

function judge({ last, message, background }: ClaudeState): TranscriptVerdict | null {
  switch (last?.type) {
    case undefined:
      return null;
    case 'prompt':
      return verdict('active', 'prompted', last);
    case 'interruption':
      return verdict('ready', 'interrupted', last);
    case 'compaction':
      return verdict(last.isAutomatic ? 'active' : 'ready', 'compacted', last);
    case 'turn_end':
      return judgeEnd({ last, message, background });
    case 'message':
      return last.isOver || last.isApiError
        ? judgeEnd({ last, message, background })
        : judgeTurn({ last, message });
    case 'tool_result':
      return judgeTurn({ last, message });
  }
}

function judgeTurn({
  last,
  message,
}: {
  last: ClaudeFact;
  message: ClaudeState['message'];
}): TranscriptVerdict {
  const open = message?.open ?? [];
  const question = open.find(({ tool }) => QUESTIONS.has(tool));
  if (question) return verdict('waiting_input', `asked with ${question.tool}`, last);
  if (last.type === 'tool_result') return verdict('active', 'got the result of a tool', last);
  return verdict('active', open.length > 0 ? 'called a tool' : 'writing a message', last);
}

function judgeEnd({
  last,
  message,
  background,
}: Pick<ClaudeState, 'message' | 'background'> & { last: ClaudeFact }): TranscriptVerdict {
  if (message?.isApiError === true) {
    const error = message.text === '' ? 'an API error' : message.text;
    const activity = message.isBlocking ? 'blocked' : 'ready';
    return { ...verdict(activity, 'gave up after an API error', last), isTurnOver: true, error };
  }
  if (message && endsWithQuestion(message.text))
    return { ...verdict('waiting_input', 'ended its turn with a question', last), isTurnOver: true };
  if (background.length > 0)
    return {
      ...verdict('active', `left ${background.length} at work in the background`, last),
      isTurnOver: true,
    };
  return verdict('ready', 'finished its turn', last);
}

const verdict = (
  activity: TranscriptVerdict['activity'],
  what: string,
  { at }: ClaudeFact,
): TranscriptVerdict => ({ activity, at, detail: at === null ? what : `${what} at ${at}` });

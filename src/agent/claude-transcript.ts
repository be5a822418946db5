import type { Activity } from '../session/activity.js';
import { parseClaudeEntry } from './claude-entry.js';
import { readClaudeFact, type ClaudeFact } from './claude-fact.js';

/** What a transcript says its agent was doing at its last line that tells. */
export interface TranscriptVerdict {
  activity: Extract<Activity, 'active' | 'ready' | 'waiting_input' | 'blocked'>;
  /** In plain words; the same as long as the same line decides. */
  detail: string;
  /** The deciding line's own time, ISO 8601 UTC; null if it bears none. */
  at: string | null;
}

type Fact<Type> = Extract<ClaudeFact, { type: Type }>;

/** The tools whose use is a question to a person. */
const QUESTIONS: ReadonlySet<string> = new Set(['AskUserQuestion', 'ExitPlanMode']);

/**
 * Judges a Claude Code transcript by its last lines, given newest first. Null if they don't suffice; with `isWhole` there
 * are no earlier ones, so null then means that it says nothing.
 */
export function judgeClaudeTranscript(
  newestFirst: Iterable<string>,
  { isWhole }: { isWhole: boolean },
): TranscriptVerdict | null {
  const facts = factsOf(newestFirst);
  const { value: last } = facts.next();
  if (!last) return null;
  switch (last.type) {
    case 'prompt':
      return verdict('active', 'prompted', last);
    case 'interruption':
      return verdict('ready', 'interrupted', last);
    case 'compaction':
      return last.isAutomatic ? verdict('active', 'compacted', last) : verdict('ready', 'compacted', last);
    case 'turn_end':
      return judgeTurnEnd(last, facts, isWhole);
    case 'tool_result':
    case 'message':
      return judgeMessage(last, facts, isWhole);
  }
}

function* factsOf(newestFirst: Iterable<string>): Generator<ClaudeFact, undefined> {
  for (const line of newestFirst) {
    const entry = parseClaudeEntry(line);
    const fact = entry && readClaudeFact(entry);
    if (fact) yield fact;
  }
}

const verdict = (
  activity: TranscriptVerdict['activity'],
  what: string,
  { at }: ClaudeFact,
): TranscriptVerdict => ({ activity, at, detail: at === null ? what : `${what} at ${at}` });

function judgeTurnEnd(
  end: Fact<'turn_end'>,
  earlier: Generator<ClaudeFact, undefined>,
  isWhole: boolean,
): TranscriptVerdict | null {
  const { value: before } = earlier.next();
  if (!before && !isWhole) return null;
  if (before?.type === 'message' && before.isApiError) return judgeApiError(before);
  return verdict('ready', 'finished its turn', end);
}

const judgeApiError = (message: Fact<'message'>): TranscriptVerdict =>
  verdict('blocked', 'gave up after an API error', message);

function judgeMessage(
  last: Fact<'message' | 'tool_result'>,
  earlier: Iterable<ClaudeFact>,
  isWhole: boolean,
): TranscriptVerdict | null {
  if (last.type === 'message' && last.isApiError) return judgeApiError(last);
  if (last.type === 'message' && last.isOver) return verdict('ready', 'finished its turn', last);
  const calls = openCalls(last, earlier);
  if (!calls.isComplete && !isWhole) return null;
  const question = calls.open.find(({ tool }) => QUESTIONS.has(tool));
  if (question) return verdict('waiting_input', `asked with ${question.tool}`, last);
  return last.type === 'message'
    ? verdict('active', calls.open.length > 0 ? 'called a tool' : 'writing a message', last)
    : verdict('active', 'got the result of a tool', last);
}

/** The calls of the last message that have no result yet. A message spans lines, and results come between them. */
function openCalls(
  last: Fact<'message' | 'tool_result'>,
  earlier: Iterable<ClaudeFact>,
): { open: Fact<'message'>['calls']; isComplete: boolean } {
  const answered = new Set<string>();
  const calls: Fact<'message'>['calls'] = [];
  let messageId: string | null | undefined;
  const take = (fact: ClaudeFact): boolean => {
    if (fact.type === 'tool_result') {
      for (const id of fact.callIds) answered.add(id);
      return true;
    }
    if (fact.type !== 'message' || (messageId !== undefined && messageId !== fact.messageId)) return false;
    messageId = fact.messageId;
    calls.push(...fact.calls);
    return true;
  };
  take(last);
  let isComplete = false;
  for (const fact of earlier) {
    isComplete = !take(fact);
    if (isComplete) break;
  }
  return { open: calls.filter(({ id }) => !answered.has(id)), isComplete };
}

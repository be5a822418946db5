import { endsWithQuestion } from './ends-with-question.js';
import type { TranscriptFormat } from './transcript-format.js';
import type { TranscriptVerdict } from './transcript-verdict.js';

/** What an aider history says up to a line; its lines bear no times. */
export interface AiderState {
  phase: 'unknown' | 'started' | 'prompted' | 'running' | 'answered' | 'interrupted' | 'failed';
  /** The last prose of the model's answer. */
  said: string;
}

/**
 * After an answer aider still edits, commits and lints, and may ask the model again; none of that has a mark of its end.
 * Once its history has been at rest for so long it is at its prompt: milliseconds.
 */
const SETTLED_MS = 4_000;

/** The commands of a prompt that run a program, whose output is noted when it ends. */
const RUNS = /^(!|\/(run|test|lint|git|web)\b)/;
/** The commands that put something to the model. */
const ASKS = /^\/(ask|code|architect|context|help|chat-mode|editor)\s+\S/;
/** Confirmations after which the model is asked again. */
const ASKS_AGAIN = /^(Attempt to fix .*errors\?|Add file to the chat\?).*:\s*(y|yes|a|all)\s*$/i;

/** How `.aider.chat.history.md` tells of activity: `####` is what the person typed, `>` what aider says. */
export const AIDER_HISTORY: TranscriptFormat<AiderState> = {
  start: { phase: 'unknown', said: '' },
  read(state, line) {
    if (line.startsWith('# aider chat started at')) return { phase: 'started', said: '' };
    if (line.startsWith('#### ')) return takePrompt(state, line.slice('#### '.length).trim());
    if (line.startsWith('> ')) return takeNote(state, line.slice('> '.length).trim());
    return line.trim() === '' ? state : { ...state, said: line };
  },
  judge,
  isSure: ({ phase }) => phase !== 'unknown',
};

function takePrompt(state: AiderState, prompt: string): AiderState {
  // A prompt of several lines has as many marks.
  if (state.phase === 'prompted' && state.said === '') return state;
  if (RUNS.test(prompt)) return { phase: 'running', said: '' };
  const isCommand = prompt.startsWith('/') && !ASKS.test(prompt);
  return { phase: isCommand ? 'answered' : 'prompted', said: '' };
}

function takeNote(state: AiderState, note: string): AiderState {
  if (note.startsWith('Tokens: ')) return { ...state, phase: 'answered' };
  if (/^\^C\b/.test(note)) return { ...state, phase: 'interrupted' };
  if (ASKS_AGAIN.test(note) && state.phase === 'answered') return { phase: 'prompted', said: note };
  if (/^litellm\.\w*Error/.test(note)) return { ...state, phase: 'failed' };
  if (/^Retrying in /.test(note)) return { ...state, phase: 'prompted' };
  return state.phase === 'running' ? { ...state, phase: 'answered' } : state;
}

function judge({ phase, said }: AiderState, { quietMs }: { quietMs: number }): TranscriptVerdict | null {
  const verdict = (activity: TranscriptVerdict['activity'], detail: string): TranscriptVerdict => ({
    activity,
    detail,
    at: null,
  });
  switch (phase) {
    case 'unknown':
      return null;
    case 'started':
      return verdict('ready', 'started, and nothing was asked yet');
    case 'prompted':
      return verdict('active', 'prompted');
    case 'running':
      return verdict('active', 'runs a command');
    case 'interrupted':
      return verdict('ready', 'interrupted');
    case 'failed':
      return verdict('blocked', 'gave up after an API error');
    case 'answered':
      if (quietMs < SETTLED_MS) return verdict('active', 'answered, and may go on');
      return endsWithQuestion(said)
        ? verdict('waiting_input', 'answered with a question')
        : verdict('ready', 'answered');
  }
}

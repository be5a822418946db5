import { endsWithQuestion } from '../transcript/ends-with-question.js';
import { readAiderNote } from './aider-note.js';
import type { TranscriptFormat } from '../transcript/transcript-format.js';
import type { TranscriptVerdict } from '../transcript/transcript-verdict.js';

/** What an aider history says up to a line; its lines bear no times. */
export interface AiderState {
  phase:
    | 'unknown'
    | 'started'
    | 'prompted'
    | 'running'
    | 'testing'
    | 'answered'
    | 'edited'
    | 'unasked'
    | 'interrupted'
    | 'failed';
  /** The last prose of the model's answer. */
  said: string;
  /** It commits what it edits, as far as its start tells. */
  commits: boolean;
}

/**
 * After an answer aider still edits, commits and lints, and may ask the model again; none of that has a mark of its end.
 * Once its history has been at rest for so long it is at its prompt: milliseconds.
 */
const SETTLED_MS = 4_000;

/** The same after edits, for which a model still has to find the words of a commit. */
const COMMITTED_MS = 15_000;

/** The commands of a prompt that run a program, whose output is noted when it ends. */
const RUNS = /^(!|\/run\b)/;
/** The command that runs the tests, and puts their failure to the model. */
const TESTS = /^\/test\b/;
/** The commands that put something to the model. */
const ASKS = /^\/((ask|code|architect|context|help)\s+\S|ok\b)/;
/** What stands for a prompt without a word. */
const BLANK = '<blank>';
/** What says at the start that nothing will be committed. */
const COMMITS_NOTHING = /\s--no-(auto-commits|git)\b|^Git repo: none/;

/** How `.aider.chat.history.md` tells of activity: `####` is what the person typed, `>` what aider says. */
export const AIDER_HISTORY: TranscriptFormat<AiderState> = {
  start: { phase: 'unknown', said: '', commits: true },
  read(state, line) {
    if (line.startsWith('# aider chat started at')) return { phase: 'started', said: '', commits: true };
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
  return { ...state, phase: phaseOf(prompt), said: '' };
}

function phaseOf(prompt: string): AiderState['phase'] {
  if (prompt === BLANK) return 'unasked';
  if (RUNS.test(prompt)) return 'running';
  if (TESTS.test(prompt)) return 'testing';
  return prompt.startsWith('/') && !ASKS.test(prompt) ? 'answered' : 'prompted';
}

function takeNote(state: AiderState, note: string): AiderState {
  if (state.phase === 'started' && COMMITS_NOTHING.test(note)) return { ...state, commits: false };
  const { phase, commits } = state;
  switch (readAiderNote(note)) {
    case 'tokens':
      // An answer that broke off is followed by the tokens as well.
      return phase === 'interrupted' || phase === 'failed' ? state : { ...state, phase: 'answered' };
    case 'interruption':
      return { ...state, phase: 'interrupted' };
    case 'asks_again':
      return { ...state, phase: 'prompted', said: note };
    case 'stops':
      return { ...state, phase: 'answered' };
    case 'error':
      return { ...state, phase: 'failed' };
    case 'trace':
      return phase === 'prompted' ? { ...state, phase: 'failed' } : state;
    case 'program':
      return phase === 'prompted' ? state : { ...state, phase: 'running' };
    case 'output':
      return phase === 'testing' ? { ...state, phase: 'prompted', said: note } : endRun(state);
    case 'edit':
      return phase === 'answered' && commits ? { ...state, phase: 'edited' } : state;
    case 'commit':
      return phase === 'edited' ? { ...state, phase: 'answered' } : state;
    case null:
      return endRun(state);
  }
}

const endRun = (state: AiderState): AiderState =>
  state.phase === 'running' ? { ...state, phase: 'answered' } : state;

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
    case 'testing':
      return verdict('active', 'runs a command');
    case 'unasked':
      return verdict('ready', 'asked nothing');
    case 'interrupted':
      return verdict('ready', 'interrupted');
    case 'failed':
      return {
        ...verdict('ready', 'gave up after an error'),
        isTurnOver: true,
        error: 'it gave up after an error',
      };
    case 'answered':
    case 'edited':
      if (quietMs < (phase === 'edited' ? COMMITTED_MS : SETTLED_MS))
        return verdict('active', 'answered, and may go on');
      return endsWithQuestion(said)
        ? { ...verdict('waiting_input', 'answered with a question'), isTurnOver: true }
        : verdict('ready', 'answered');
  }
}

/** What a line says that aider writes of its own doing. */
export type AiderNote =
  | 'tokens'
  | 'interruption'
  | 'asks_again'
  | 'stops'
  | 'error'
  | 'trace'
  | 'program'
  | 'output'
  | 'edit'
  | 'commit';

/** The first that fits decides; the words are those of aider 0.86. */
const NOTES: readonly (readonly [RegExp, AiderNote])[] = [
  [/^Tokens: /, 'tokens'],
  [/^\^C\b/, 'interruption'],
  // Confirmations after which the model is asked again, errors in its answer that it is told of, and calls that failed.
  [/^(Attempt to fix .*errors\?|Add file to the chat\?).*:\s*(y|yes|a|all)\s*$/i, 'asks_again'],
  [/^(The LLM did not conform to the edit format|Exception while updating files)/, 'asks_again'],
  [/^Retrying in /, 'asks_again'],
  [/^Only \d+ reflections allowed/, 'stops'],
  [/^litellm\.\w+: |has hit a token limit/, 'error'],
  [/^Traceback \(most recent call last\)/, 'trace'],
  [/^Running \S/, 'program'],
  [/^Added \d+ lines? of output to the chat/, 'output'],
  [/^Applied edit to /, 'edit'],
  [/^Commit [0-9a-f]{7,} /, 'commit'],
];

/** What a line of aider's own says about activity; null for one that says nothing of it. */
export const readAiderNote = (note: string): AiderNote | null =>
  NOTES.find(([pattern]) => pattern.test(note))?.[1] ?? null;

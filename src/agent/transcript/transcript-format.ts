import type { TranscriptVerdict } from './transcript-verdict.js';

/** How the lines of one kind of transcript are read: a fold over them, oldest first. */
export interface TranscriptFormat<State> {
  /** What is known before the first line. */
  start: State;
  /** What is known after one more line; null for a line that can't be read at all. */
  read(state: State, line: string): State | null;
  /** Null if nothing tells yet. `quietMs`: for how long nothing was written. */
  judge(state: State, options: { quietMs: number }): TranscriptVerdict | null;
  /** Whether lines before those that were read could not change the verdict. */
  isSure(state: State): boolean;
}

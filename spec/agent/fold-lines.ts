import type { TranscriptFormat } from '../../src/agent/transcript/transcript-format.js';

/** What a format knows after these lines. */
export const foldLines = <State>(format: TranscriptFormat<State>, lines: readonly string[]): State =>
  lines.reduce((state, line) => format.read(state, line) ?? state, format.start);

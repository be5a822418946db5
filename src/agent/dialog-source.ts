import type { RuntimeView } from '../runtime/runtime.js';
import type { Session } from '../session/session.js';
import { answered, failed, silent } from './reading-of.js';
import type { SourceReading } from './source-reading.js';

/** How many lines at the bottom of a screen can hold an open question. */
const BOTTOM_LINES = 15;

export interface DialogOptions {
  view: RuntimeView;
  transcript: SourceReading;
  /** What a line of an open question looks like. */
  pattern: RegExp;
  now: number;
}

/**
 * Looks on the screen for a question to the person. It is asked only while the transcript shows a turn going on: an open
 * request for permission leaves no trace there, and looks like work.
 */
export async function readDialog(
  session: Session,
  { view, transcript, pattern, now }: DialogOptions,
): Promise<SourceReading> {
  const { handle } = session;
  if (!handle || !view.capture) return silent('screen', { detail: 'the runtime shows no screen', atMs: now });
  if (transcript.state === 'answered' && transcript.activity !== 'active') {
    return silent('screen', { detail: 'not asked: no turn is going on', atMs: now });
  }
  try {
    const lines = (await view.capture(handle)).trimEnd().split('\n').slice(-BOTTOM_LINES);
    const question = lines.find((line) => pattern.test(line));
    return question === undefined
      ? silent('screen', { detail: 'it shows no question', atMs: now })
      : answered('screen', 'waiting_input', { detail: `it asks: ${question.trim()}`, atMs: now });
  } catch (error) {
    return failed('screen', error, now);
  }
}

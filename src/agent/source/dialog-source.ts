import type { RuntimeView } from '../../runtime/runtime.js';
import type { Session } from '../../session/session.js';
import { answered, failed, silent } from './reading-of.js';
import { restActivity } from './rest-activity.js';
import type { SourceReading } from './source-reading.js';

/** How many lines at the bottom of a screen can hold an open question. */
const BOTTOM_LINES = 15;

/** How an agent's screen shows that it wants its person. */
export interface DialogTraits {
  /** What the line with the person's mark looks like, be it in a choice or at a prompt: the last one counts. */
  marked: RegExp;
  /** What that line looks like in an open question. */
  question: RegExp;
  /** What it looks like at a prompt that nothing was typed at; only for an agent whose transcript does not tell. */
  prompt?: RegExp;
}

export interface DialogOptions {
  view: RuntimeView;
  transcript: SourceReading;
  dialog: DialogTraits;
  now: number;
}

/**
 * Looks on the screen for a question to the person. Unless it has to tell of the prompt as well, it is asked only while the
 * transcript shows a turn going on: an open request for permission leaves no trace there, and looks like work.
 */
export async function readDialog(
  session: Session,
  { view, transcript, dialog, now }: DialogOptions,
): Promise<SourceReading> {
  const { handle } = session;
  if (!handle || !view.capture) return silent('screen', { detail: 'the runtime shows no screen', atMs: now });
  if (!dialog.prompt && transcript.state === 'answered' && transcript.activity !== 'active') {
    return silent('screen', { detail: 'not asked: no turn is going on', atMs: now });
  }
  try {
    const lines = (await view.capture(handle)).trimEnd().split('\n').slice(-BOTTOM_LINES);
    const line = lines.findLast((text) => dialog.marked.test(text)) ?? '';
    if (dialog.question.test(line)) {
      return answered('screen', 'waiting_input', { detail: `it asks: ${line.trim()}`, atMs: now });
    }
    if (dialog.prompt?.test(line) === true) {
      const restMs = now - Date.parse(transcript.observedAt);
      return answered('screen', restActivity(restMs), { detail: 'it is at its prompt', atMs: now });
    }
    return silent('screen', { detail: 'it shows no question', atMs: now });
  } catch (error) {
    return failed('screen', error, now);
  }
}

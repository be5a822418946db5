import type { RuntimeView } from '../../runtime/runtime.js';
import type { Activity } from '../../session/activity.js';
import type { Session } from '../../session/session.js';
import { answered, silent } from '../source/reading-of.js';
import { restActivity } from '../source/rest-activity.js';
import type { SourceReading } from '../source/source-reading.js';

/** Gemini CLI's dynamic window title begins with its state (packages/cli/src/utils/windowTitle.ts). */
const STATES: Readonly<Record<string, Activity>> = {
  '◇': 'ready',
  '✦': 'active',
  '⏲': 'active',
  '✋': 'waiting_input',
};

/** What the title of Gemini's window says; one of another kind says nothing. */
export function readGeminiTitle(
  session: Session,
  { view, now }: { view: RuntimeView; now: number },
): SourceReading {
  const signs = session.handle && view.signs?.(session.handle);
  if (!signs) return silent('title', { detail: 'the runtime shows no title', atMs: now });
  const [icon = ''] = signs.title.trim();
  const activity = STATES[icon];
  const said = { detail: `the title is ${JSON.stringify(signs.title)}`, atMs: now };
  if (activity === undefined) return silent('title', said);
  if (activity !== 'ready') return answered('title', activity, said);
  const outputMs = Date.parse(signs.lastOutputAt ?? '');
  return answered('title', restActivity(Number.isNaN(outputMs) ? 0 : now - outputMs), said);
}

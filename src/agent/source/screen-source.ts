import type { Signs } from '../../runtime/runtime.js';
import type { Dialog } from '../tui/dialog.js';
import type { TuiReading } from '../tui/read-tui.js';
import type { TuiRules } from '../tui/tui-rules.js';
import { answered, silent } from './reading-of.js';
import { restActivity } from './rest-activity.js';
import type { SourceReading } from './source-reading.js';

/** A screen without a box and without a sign of work that has been still for so long waits for somebody: milliseconds. */
const UNKNOWN_DIALOG_MS = 3_000;

/** What a screen was read for; `now` is epoch milliseconds. */
export interface ScreenQuery {
  signs: Signs | null;
  rules: TuiRules;
  now: number;
}

/** What an agent's screen says of it: a dialog, a sign of work, or a box at rest. */
export function readScreenSource(tui: TuiReading, { signs, rules, now }: ScreenQuery): SourceReading {
  const { dialog, working, composer, bottom } = tui;
  const silentMs = silenceOf(signs, now);
  if (dialog) {
    const reading = answered('screen', 'waiting_input', { detail: describeDialog(dialog), atMs: now });
    return { ...reading, isDialog: true };
  }
  if (working !== null) {
    return answered('screen', 'active', { detail: `it shows ${JSON.stringify(working.trim())}`, atMs: now });
  }
  if (composer) {
    const what = composer.isEmpty ? 'it is at its prompt' : 'a draft stands at its prompt';
    const reading = answered('screen', restActivity(silentMs), { detail: what, atMs: now });
    const { composerMeansRest } = rules;
    const isSure = composerMeansRest === true || (composerMeansRest === 'empty' && composer.isEmpty);
    return isSure ? reading : { ...reading, isWeak: true };
  }
  const last = bottom.at(-1);
  if (last !== undefined && silentMs >= UNKNOWN_DIALOG_MS && isAlwaysDrawn(rules)) {
    const detail = `its prompt is gone, and its screen rests: ${bottom.slice(-3).join(' / ')}`;
    return answered('screen', 'waiting_input', { detail, atMs: now });
  }
  return silent('screen', { detail: 'it shows no prompt, no question and no sign of work', atMs: now });
}

/** What an agent's window title says, where the agent keeps its state there. */
export function readTitleSource({ signs, rules, now }: ScreenQuery): SourceReading {
  if (!signs) return silent('title', { detail: 'the runtime shows no title', atMs: now });
  const { active, waiting, ready } = rules.title ?? {};
  const title = signs.title.trim();
  const said = { detail: `the title is ${JSON.stringify(title)}`, atMs: now };
  if (waiting?.test(title) === true) return answered('title', 'waiting_input', said);
  if (active?.test(title) === true) return answered('title', 'active', said);
  if (ready?.test(title) === true) return answered('title', restActivity(silenceOf(signs, now)), said);
  return silent('title', said);
}

/** What a title without a sign comes to. */
export function titleReading(
  meant: 'active' | 'ready',
  detail: string,
  { signs, now }: ScreenQuery,
): SourceReading {
  const activity = meant === 'ready' ? restActivity(silenceOf(signs, now)) : meant;
  return answered('title', activity, { detail, atMs: now });
}

const isAlwaysDrawn = ({ composer, readComposer }: TuiRules): boolean =>
  composer === null ? readComposer !== undefined : composer.isDrawnAtWork !== false;

/** A dialog in one line. */
export function describeDialog({ kind, question, options, highlighted }: Dialog): string {
  const asks = question.split('\n').at(-1) ?? '';
  const choice = highlighted === null ? undefined : options[highlighted]?.label;
  const at = choice === undefined ? '' : `; Enter would take ${JSON.stringify(choice)}`;
  return `it asks (${kind}): ${asks === '' ? 'nothing in words' : asks}${at}`;
}

function silenceOf(signs: Signs | null, now: number): number {
  const outputMs = Date.parse(signs?.lastOutputAt ?? '');
  return Number.isNaN(outputMs) ? 0 : Math.max(0, now - outputMs);
}

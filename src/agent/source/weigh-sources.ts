import type { Evidence } from '../../session/evidence.js';
import { SourceError } from './source-error.js';
import type { ActivityReading } from './activity-reading.js';
import type { Source, SourceReading } from './source-reading.js';

/**
 * What kind of evidence each source gives. A *level* says what is: it holds as long as it is seen. An *edge* says what
 * happened at a moment, and nothing of what came after it.
 */
const KINDS: Readonly<Record<Source, 'level' | 'edge'>> = {
  process: 'level',
  screen: 'level',
  status_file: 'level',
  server: 'level',
  title: 'level',
  hook: 'edge',
  bell: 'edge',
  transcript: 'edge',
};

/** Whether a source says what happened at a moment, and not what is. */
export const isEdge = (source: Source): boolean => KINDS[source] === 'edge';

/** The levels that are seen at the instant of the look; a status file speaks of the moment at which it was written. */
const LIVE: ReadonlySet<Source> = new Set(['process', 'screen', 'server', 'title']);

/** The levels that an agent keeps itself, which know more than what it draws. */
const KEPT: ReadonlySet<Source> = new Set(['process', 'server', 'status_file']);

/** For how long an edge is newer than what is drawn: a screen follows what happened within this time. Milliseconds. */
export const SETTLE_MS = 1_000;

/** The rows of the weighing, in the order in which they are tried. */
export const WEIGHING_RULES = [
  'dialog_is_drawn',
  'edge_is_newer',
  'agent_keeps_it',
  'sign_is_shown',
  'dialog_is_gone',
  'edge_alone',
  'rest_is_shown',
  'nothing_says',
] as const;

/** One of `WEIGHING_RULES`. */
export type WeighingRule = (typeof WEIGHING_RULES)[number];

/** What the sources come to: the reading that decides, null where none does, and the row by which it does. */
export interface Weighed {
  rule: WeighingRule;
  reading: SourceReading | null;
}

/**
 * Weighs what the sources say; `now` is epoch milliseconds.
 *
 * | row | when | then |
 * |---|---|---|
 * | `dialog_is_drawn` | a dialog stands at the bottom of the screen now | it waits |
 * | `edge_is_newer` | the last edge says otherwise than a level, and came after it, or less than 1 s ago | the edge |
 * | `agent_keeps_it` | the agent's own server or status file says | that |
 * | `sign_is_shown` | title or screen show work, a question or sure rest | that, work before rest |
 * | `dialog_is_gone` | the last edge was a question, and its dialog is not drawn any more | it goes on |
 * | `edge_alone` | no level says | the last edge |
 * | `rest_is_shown` | nothing but an empty box says | it rests |
 *
 * At rest, the last edge adds how the turn ended: with a question, or with an error.
 */
export function weighSources(readings: readonly SourceReading[], now: number): Weighed {
  const answers = readings.filter(({ state }) => state === 'answered');
  const levels = answers.filter(({ source }) => !isEdge(source));
  const edges = answers.filter(({ source }) => isEdge(source));
  // A bell says that something is wanted; a screen shows what, and a hook says it.
  const isBellAlone = levels.length === 0 && !edges.some(({ source }) => source === 'hook');
  const edge = latest(edges.filter(({ source }) => source !== 'bell' || isBellAlone));

  const dialog = levels.find(({ isDialog }) => isDialog === true);
  if (dialog) return { rule: 'dialog_is_drawn', reading: dialog };

  const kept = levels.find(({ source }) => KEPT.has(source));
  const sign = findSign(levels.filter(({ source }) => !KEPT.has(source)));
  const level = kept ?? sign;
  if (edge && level && kindOf(edge) !== kindOf(level) && isNewer(edge, { level, sign, now }))
    return { rule: 'edge_is_newer', reading: edge };
  // A newer edge unmakes what a status file said, and what is drawn now is newer than both.
  const isOutdated =
    kept && edge && !LIVE.has(kept.source) && isAfter(edge, kept) && kindOf(edge) !== kindOf(kept);
  if (kept && !isOutdated) return { rule: 'agent_keeps_it', reading: refine(kept, edge) };
  if (sign) return { rule: 'sign_is_shown', reading: refine(sign, edge) };

  const weak = levels.find(({ isWeak }) => isWeak === true);
  if (!edge) return weak ? { rule: 'rest_is_shown', reading: weak } : { rule: 'nothing_says', reading: null };
  const isOldQuestion = kindOf(edge) === 'ask' && edge.isTurnOver !== true && now - timeOf(edge) >= SETTLE_MS;
  if (weak && isOldQuestion) return { rule: 'dialog_is_gone', reading: goesOn(edge, weak) };
  return { rule: 'edge_alone', reading: edge };
}

/** What the agent is doing. @throws {SourceError} if no source says, and one of them can't be read. */
export function readingOf(readings: readonly SourceReading[], now: number): ActivityReading {
  const { reading } = weighSources(readings, now);
  if (reading) return { activity: reading.activity, evidence: evidenceOf(reading) };
  const failure = readings.find(({ state }) => state === 'failed');
  if (failure) throw new SourceError(failure);
  const reason = readings.find(({ source }) => source === 'transcript') ?? readings.at(-1);
  const { source = 'agent', detail = 'it has no source' } = reason ?? {};
  return { activity: null, evidence: { source, detail, observedAt: new Date(now).toISOString() } };
}

const evidenceOf = ({ source, detail, observedAt, error }: SourceReading): Evidence => ({
  ...{ source, detail, observedAt },
  ...(error === undefined ? {} : { error }),
});

type Kind = 'work' | 'ask' | 'rest';

function kindOf({ activity, isTurnOver }: SourceReading): Kind {
  if (activity === 'active') return 'work';
  if (activity === 'waiting_input' || activity === 'blocked') return isTurnOver === true ? 'rest' : 'ask';
  return 'rest';
}

const timeOf = ({ observedAt }: SourceReading): number => Date.parse(observedAt);

const isAfter = (one: SourceReading, other: SourceReading): boolean => timeOf(one) > timeOf(other);

/**
 * The last of the edges; of two of one moment the one that is named first. A hook that says no more than that the turn is
 * over yields to a transcript that says how it ended.
 */
function latest(edges: readonly SourceReading[]): SourceReading | null {
  const last = edges.reduce<SourceReading | null>(
    (newest, edge) => (newest && !isAfter(edge, newest) ? newest : edge),
    null,
  );
  const ending = edges.find(({ source, isTurnOver }) => source === 'transcript' && isTurnOver === true);
  const saysLess = last?.source === 'hook' && kindOf(last) === 'rest' && last.error === undefined;
  return saysLess && ending ? ending : last;
}

/** What is drawn: work or a question before rest, which any part of a screen may show that was not drawn again yet. */
const findSign = (drawn: readonly SourceReading[]): SourceReading | null =>
  drawn.find((reading) => reading.isWeak !== true && kindOf(reading) !== 'rest') ??
  drawn.find(({ isWeak }) => isWeak !== true) ??
  null;

function isNewer(
  edge: SourceReading,
  { level, sign, now }: { level: SourceReading; sign: SourceReading | null; now: number },
): boolean {
  const isFresh = now - timeOf(edge) < SETTLE_MS;
  if (LIVE.has(level.source)) return isFresh && !KEPT.has(level.source);
  return isAfter(edge, level) && (isFresh || !sign);
}

/** At rest, how the turn ended is worth more than that it has. */
function refine(level: SourceReading, edge: SourceReading | null): SourceReading {
  if (!edge || kindOf(level) !== 'rest' || kindOf(edge) !== 'rest') return level;
  if (edge.isTurnOver === true && edge.activity !== 'ready' && edge.activity !== 'idle') return edge;
  return edge.error === undefined ? level : { ...edge, activity: level.activity };
}

const goesOn = (question: SourceReading, screen: SourceReading): SourceReading => ({
  ...screen,
  activity: 'active',
  detail: `${question.detail}, and nothing asks on the screen any more`,
});

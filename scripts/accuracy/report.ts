import type { Score } from './score.js';

const fraction = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Agreeing and labelled seconds without the label that each session is born with, whatever it does. */
const afterFirstLabel = (score: Score): [number, number] => [
  score.agreeingSeconds - score.firstLabelAgreeingSeconds,
  score.labelledSeconds - score.firstLabelSeconds,
];

/** The scores for machines: fractions of 1, null where there was nothing to measure. */
export function toJson(scores: ReadonlyMap<string, Score>, notes: readonly string[]): string {
  const agents = Object.fromEntries(
    [...scores].map(([agent, score]) => [
      agent,
      {
        agreement: fraction(score.agreeingSeconds, score.labelledSeconds),
        agreementAfterFirstLabel: fraction(...afterFirstLabel(score)),
        inTurnReady: fraction(score.inTurnReadySeconds, score.inTurnSeconds),
        transitionsWithin2s: fraction(score.transitionsSeen, score.transitions),
        waitsFound: fraction(score.waitsSeen, score.waits),
        ...score,
      },
    ]),
  );
  return JSON.stringify({ agents, notes });
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;

/** The scores for people. */
export function toText(scores: ReadonlyMap<string, Score>, notes: readonly string[]): string {
  const lines = [...scores].flatMap(([agent, score]) => [
    `${agent}: ${score.recordings} sessions, ${score.labelledSeconds} labelled seconds`,
    `  agreeing              ${percent(score.agreeingSeconds, score.labelledSeconds)}`,
    `  without first labels   ${percent(...afterFirstLabel(score))}`,
    `  in a turn, read ready ${percent(score.inTurnReadySeconds, score.inTurnSeconds)} of ${score.inTurnSeconds} s`,
    `  changes within 2 s    ${score.transitionsSeen} of ${score.transitions}`,
    `  waits found           ${score.waitsSeen} of ${score.waits} (${score.waitSecondsFound} of ${score.waitSeconds} s)`,
    ...score.disagreements.map(
      ({ recording, afterSeconds, seconds, label, activity, detail }) =>
        `  ${recording} at ${afterSeconds} s, for ${seconds} s: labelled ${label}, read ${activity ?? 'unknown'} (${detail})`,
    ),
    '',
  ]);
  return [...lines, ...notes].join('\n').trimEnd();
}

import type { Activity } from '../../src/session/activity.js';
import { STEP_MS, type Moment } from './replay.js';
import type { Label, LabelSpan, Recording } from './recording.js';

/** A label's own moment is blurred by the debouncing of the monitor that gave it: so near, seconds do not count. */
const BLUR_MS = 2_000;

/** A stretch in which the reading and the label differ; times are epoch milliseconds. */
export interface Disagreement {
  recording: string;
  fromMs: number;
  seconds: number;
  /** Seconds since the recording began. */
  afterSeconds: number;
  label: Label;
  activity: Activity | null;
  detail: string;
}

/** How one agent was read in all of its recordings, in seconds and counts. */
export interface Score {
  recordings: number;
  labelledSeconds: number;
  agreeingSeconds: number;
  /** Of these, the seconds under the label that each session is born with. */
  firstLabelSeconds: number;
  firstLabelAgreeingSeconds: number;
  inTurnSeconds: number;
  inTurnReadySeconds: number;
  transitions: number;
  transitionsSeen: number;
  waits: number;
  waitsSeen: number;
  waitSeconds: number;
  waitSecondsFound: number;
  disagreements: Disagreement[];
}

/** Scores one recording's moments. */
export function score({ name, labels, changesMs, beganMs }: Recording, moments: readonly Moment[]): Score {
  const counted = moments.filter(({ atMs }) =>
    changesMs.every((changeMs) => Math.abs(atMs - changeMs) > BLUR_MS),
  );
  const seconds = (chosen: readonly Moment[]): number => (chosen.length * STEP_MS) / 1_000;
  const first = counted.filter(({ isFirstLabel }) => isFirstLabel);
  const inTurn = counted.filter(({ label }) => label === 'working');
  const changes = effectiveChanges(labels);
  const waits = labels.filter(({ label }) => label === 'waiting');
  const waiting = counted.filter(({ label }) => label === 'waiting');
  return {
    recordings: 1,
    labelledSeconds: seconds(counted),
    agreeingSeconds: seconds(counted.filter(agrees)),
    firstLabelSeconds: seconds(first),
    firstLabelAgreeingSeconds: seconds(first.filter(agrees)),
    inTurnSeconds: seconds(inTurn),
    inTurnReadySeconds: seconds(inTurn.filter(({ activity }) => activity === 'ready' || activity === 'idle')),
    transitions: changes.length,
    transitionsSeen: changes.filter((change) => isSeen(change, moments)).length,
    waits: waits.length,
    waitsSeen: waits.filter((wait) => isFound(wait, moments)).length,
    waitSeconds: seconds(waiting),
    waitSecondsFound: seconds(waiting.filter(agrees)),
    disagreements: listDisagreements(counted).map((one) => ({
      ...one,
      recording: name,
      afterSeconds: Math.round((one.fromMs - beganMs) / 1_000),
    })),
  };
}

/** Whether a reading means what the label says. */
export const agrees = ({ label, activity }: Pick<Moment, 'label' | 'activity'>): boolean =>
  activity !== null && LABEL_OF[activity] === label;

const LABEL_OF: Readonly<Record<Activity, Label | null>> = {
  active: 'working',
  ready: 'ready',
  idle: 'ready',
  waiting_input: 'waiting',
  blocked: 'waiting',
  exited: null,
};

/** The labels that lasted longer than a step, where they changed. */
function effectiveChanges(labels: readonly LabelSpan[]): LabelSpan[] {
  const lasting = labels.filter(({ fromMs, toMs }) => toMs - fromMs >= STEP_MS);
  return lasting.filter(({ label }, index) => index > 0 && lasting[index - 1]?.label !== label);
}

const isSeen = ({ label, fromMs }: LabelSpan, moments: readonly Moment[]): boolean =>
  moments.some(({ atMs, activity }) => Math.abs(atMs - fromMs) <= BLUR_MS && agrees({ label, activity }));

const isFound = ({ label, fromMs, toMs }: LabelSpan, moments: readonly Moment[]): boolean =>
  moments.some(
    ({ atMs, activity }) => fromMs - BLUR_MS <= atMs && atMs <= toMs + BLUR_MS && agrees({ label, activity }),
  );

type Stretch = Omit<Disagreement, 'recording' | 'afterSeconds'>;

function listDisagreements(counted: readonly Moment[]): Stretch[] {
  const stretches: (Stretch & { lastMs: number })[] = [];
  for (const moment of counted) {
    const { atMs, label, activity, detail } = moment;
    if (agrees(moment)) continue;
    const last = stretches.at(-1);
    if (last && last.lastMs + STEP_MS === atMs && last.label === label && last.activity === activity) {
      last.lastMs = atMs;
      last.seconds += STEP_MS / 1_000;
    } else stretches.push({ fromMs: atMs, lastMs: atMs, seconds: STEP_MS / 1_000, label, activity, detail });
  }
  return stretches.filter(({ seconds }) => seconds > BLUR_MS / 1_000);
}

/** Both scores as one. */
export function addScores(one: Score, other: Score): Score {
  const sum = (key: Exclude<keyof Score, 'disagreements'>): number => one[key] + other[key];
  return {
    recordings: sum('recordings'),
    labelledSeconds: sum('labelledSeconds'),
    agreeingSeconds: sum('agreeingSeconds'),
    firstLabelSeconds: sum('firstLabelSeconds'),
    firstLabelAgreeingSeconds: sum('firstLabelAgreeingSeconds'),
    inTurnSeconds: sum('inTurnSeconds'),
    inTurnReadySeconds: sum('inTurnReadySeconds'),
    transitions: sum('transitions'),
    transitionsSeen: sum('transitionsSeen'),
    waits: sum('waits'),
    waitsSeen: sum('waitsSeen'),
    waitSeconds: sum('waitSeconds'),
    waitSecondsFound: sum('waitSecondsFound'),
    disagreements: [...one.disagreements, ...other.disagreements],
  };
}

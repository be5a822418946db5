/** What an agent does, as a person would say it. */
export type State = 'ready' | 'active' | 'waiting_input' | 'exited';

/** What is true from a moment on, and why; more than one state if each would be right, none if it is not judged. */
export interface Truth {
  atMs: number;
  states: State[];
  why: string;
}

/** What was true of one session of a scenario. */
export interface Account {
  scenario: string;
  sessionId: string;
  truths: Truth[];
  notes: string[];
  trials?: Trial[];
}

/** One try of `send` or `answer`: what it said that it did, and whether that and what happened are right. */
export interface Trial {
  command: 'send' | 'answer';
  /** What the session was in: at rest, at a dialog, in copy mode. */
  state: string;
  /** What was sent or answered, in short. */
  text: string;
  outcome: string;
  isRight: boolean;
  /** What happened, where it is wrong; else what the command said. */
  detail: string;
}

/** A line of `vitals events`, as far as it is scored. */
export interface EventLine {
  type: string;
  time: string;
  sessionId?: string;
  next?: string | null;
  evidence?: { source: string; detail: string };
}

/** Where vitals said something else than what was true, in seconds since the account began. */
export interface Disagreement {
  fromS: number;
  toS: number;
  truth: string;
  why: string;
  said: string;
  source: string;
}

export interface Score {
  judgedS: number;
  agreeingS: number;
  lagsMs: number[];
  /** Changes that vitals had not told when the next one came. */
  missed: number;
  waits: number;
  waitsFound: number;
  waitingS: number;
  waitingSeenS: number;
  activeS: number;
  activeReadReadyS: number;
  falseEnds: number;
  disagreements: Disagreement[];
}

/** Seconds right after a true change are not judged. */
const GRACE_MS = 2000;
const STEP_MS = 250;

interface Said {
  atMs: number;
  state: string;
  source: string;
}

const fits = (truth: Truth, state: string): boolean =>
  truth.states.some((one) => one === state || (one === 'ready' && state === 'idle'));

/** What vitals said of a session, in order. */
function readSaid(events: readonly EventLine[], sessionId: string): Said[] {
  return events.flatMap((event): Said[] => {
    if (event.sessionId !== sessionId) return [];
    const atMs = Date.parse(event.time);
    const source = `${event.evidence?.source ?? ''}: ${event.evidence?.detail ?? ''}`;
    if (event.type === 'terminated') return [{ atMs, state: 'exited', source }];
    if (event.type !== 'activity_changed') return [];
    return [{ atMs, state: event.next ?? 'unknown', source }];
  });
}

/** Compares what was true of a session with what vitals said of it. */
export function scoreAccount({ truths, sessionId }: Account, events: readonly EventLine[]): Score {
  const ordered = [...truths].sort((a, b) => a.atMs - b.atMs);
  const said = readSaid(events, sessionId);
  const score = emptyScore();
  const startMs = ordered[0]?.atMs ?? 0;
  const step = STEP_MS / 1000;
  for (const [index, truth] of ordered.entries()) {
    const untilMs = ordered[index + 1]?.atMs ?? truth.atMs;
    if (truth.states.length === 0) continue;
    scoreChange(score, truth, untilMs, said);
    for (let atMs = truth.atMs + GRACE_MS; atMs < untilMs; atMs += STEP_MS) {
      const now = said.findLast((one) => one.atMs <= atMs);
      const state = now?.state ?? 'unknown';
      const isRight = fits(truth, state);
      score.judgedS += step;
      if (isRight) score.agreeingS += step;
      else
        noteDisagreement(score, truth, {
          fromS: (atMs - startMs) / 1000,
          said: state,
          source: now?.source ?? '',
        });
      if (truth.states.join() === 'active') {
        score.activeS += step;
        if (state === 'ready' || state === 'idle') score.activeReadReadyS += step;
      }
      if (truth.states.join() === 'waiting_input') {
        score.waitingS += step;
        if (isRight) score.waitingSeenS += step;
      }
    }
  }
  score.falseEnds = said.filter(({ state, atMs }) => {
    const truth = ordered.findLast((one) => one.atMs <= atMs + GRACE_MS);
    return state === 'exited' && truth !== undefined && truth.states.length > 0 && !fits(truth, 'exited');
  }).length;
  return score;
}

/** How long a change took to be told, and whether a wait was found at all. */
function scoreChange(score: Score, truth: Truth, untilMs: number, said: readonly Said[]): void {
  const before = said.findLast((one) => one.atMs <= truth.atMs);
  const isKnown = before !== undefined && fits(truth, before.state);
  const told = said.find(({ atMs, state }) => atMs > truth.atMs && atMs <= untilMs && fits(truth, state));
  // What lasts no longer than a pass or two need not be seen.
  const isShort = untilMs - truth.atMs < GRACE_MS;
  if (truth.states.join() === 'waiting_input' && !isShort) {
    score.waits += 1;
    if (isKnown || told !== undefined) score.waitsFound += 1;
  }
  if (isKnown) return;
  if (told !== undefined) score.lagsMs.push(told.atMs - truth.atMs);
  else if (!isShort) score.missed += 1;
}

function noteDisagreement(
  score: Score,
  truth: Truth,
  at: { fromS: number; said: string; source: string },
): void {
  const last = score.disagreements.at(-1);
  const step = STEP_MS / 1000;
  if (last?.why === truth.why && last.said === at.said && at.fromS - last.toS < 2 * step) {
    last.toS = at.fromS + step;
    return;
  }
  const known = { truth: truth.states.join(' or '), why: truth.why, toS: at.fromS + step };
  score.disagreements.push({ ...at, ...known });
}

export const emptyScore = (): Score => ({
  judgedS: 0,
  agreeingS: 0,
  lagsMs: [],
  missed: 0,
  waits: 0,
  waitsFound: 0,
  waitingS: 0,
  waitingSeenS: 0,
  activeS: 0,
  activeReadReadyS: 0,
  falseEnds: 0,
  disagreements: [],
});

/** The sum of scores; disagreements are each account's own, and left out. */
export function addScores(scores: readonly Score[]): Score {
  const sum = emptyScore();
  for (const one of scores) {
    for (const key of Object.keys(sum) as (keyof Score)[]) {
      const value = one[key];
      if (typeof value === 'number') (sum[key] as number) += value;
    }
    sum.lagsMs.push(...one.lagsMs);
  }
  return sum;
}

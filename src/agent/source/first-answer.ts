import type { ActivityReading } from './activity-reading.js';
import type { SourceReading } from './source-reading.js';
import { SourceError } from './source-error.js';

/** The sources that speak of a moment that has passed, and not of now. */
const OF_A_MOMENT: ReadonlySet<string> = new Set(['hook', 'status_file']);

/**
 * Settles which answers hold, in the order of the sources' rank: what a hook or a status file said is outdated once the
 * transcript has gone on (nothing tells how a request for permission was answered); and `ready` only says that a turn is
 * over, while the transcript says how it ended.
 */
export function settleSources(readings: readonly SourceReading[]): SourceReading[] {
  const transcript = readings.find(({ source, state }) => source === 'transcript' && state === 'answered');
  if (!transcript) return [...readings];
  return readings.map((reading) => {
    if (reading === transcript || reading.state !== 'answered') return reading;
    if (OF_A_MOMENT.has(reading.source) && isLater(transcript, reading)) {
      return yieldTo(reading, 'the transcript has gone on since');
    }
    return saysLess(reading, transcript)
      ? yieldTo(reading, 'the transcript says how the turn ended')
      : reading;
  });
}

/** What the agent is doing: the first answer. @throws {SourceError} if there is none, and a source that can't be read. */
export function firstAnswer(readings: readonly SourceReading[], now: number): ActivityReading {
  const answer = readings.find(({ state }) => state === 'answered');
  if (answer) {
    const { source, activity, detail, observedAt } = answer;
    return { activity, evidence: { source, detail, observedAt } };
  }
  const failure = readings.find(({ state }) => state === 'failed');
  if (failure) throw new SourceError(failure);
  const reason = readings.find(({ source }) => source === 'transcript') ?? readings.at(-1);
  const { source = 'agent', detail = 'it has no source' } = reason ?? {};
  return { activity: null, evidence: { source, detail, observedAt: new Date(now).toISOString() } };
}

const isLater = (one: SourceReading, other: SourceReading): boolean =>
  Date.parse(one.observedAt) > Date.parse(other.observedAt);

const isRest = ({ activity }: SourceReading): boolean => activity === 'ready' || activity === 'idle';

const saysLess = (reading: SourceReading, transcript: SourceReading): boolean =>
  isRest(reading) &&
  (transcript.activity === 'waiting_input' ||
    transcript.activity === 'blocked' ||
    // Its own note on its process knows of that.
    (transcript.isTurnOver === true && reading.source === 'hook'));

const yieldTo = (reading: SourceReading, why: string): SourceReading => ({
  ...reading,
  state: 'silent',
  detail: `${reading.detail}, but ${why}`,
});

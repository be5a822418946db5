import { scoreAccount, type EventLine, type State, type Truth } from '../../../scripts/live/score.js';

const START_MS = Date.UTC(2026, 10, 27);

const truth = (atS: number, ...states: State[]): Truth => ({
  atMs: START_MS + atS * 1000,
  states,
  why: `at ${atS}`,
});

const says = (atS: number, next: string | null, type = 'activity_changed'): EventLine => ({
  type,
  time: new Date(START_MS + atS * 1000).toISOString(),
  sessionId: 'a',
  next,
  evidence: { source: 'screen', detail: 'seen' },
});

const score = (truths: Truth[], events: EventLine[]): ReturnType<typeof scoreAccount> =>
  scoreAccount({ scenario: 'one', sessionId: 'a', truths, notes: [] }, events);

describe('a score', () => {
  it('agrees where vitals says what is true, but for 2 seconds after each change', () => {
    const found = score(
      [truth(0, 'ready'), truth(10, 'active'), truth(20)],
      [says(0.5, 'ready'), says(11, 'active'), says(14, 'ready'), says(16, 'active')],
    );
    expect(found).toMatchObject({ judgedS: 16, agreeingS: 14, activeS: 8, activeReadReadyS: 2, missed: 0 });
    expect(found.lagsMs).toEqual([500, 1000]);
    expect(found.disagreements).toEqual([
      { fromS: 14, toS: 16, truth: 'active', why: 'at 10', said: 'ready', source: 'screen: seen' },
    ]);
  });

  it('judges nothing while nobody can say what is true, and takes idle for ready', () => {
    const found = score([truth(0), truth(10, 'ready'), truth(20)], [says(1, 'active'), says(10.5, 'idle')]);
    expect(found).toMatchObject({ judgedS: 8, agreeingS: 8, lagsMs: [500] });
  });

  it('counts the waits, those that were found, and how long they were seen', () => {
    const truths = [truth(0, 'waiting_input'), truth(10, 'active'), truth(20, 'waiting_input'), truth(30)];
    const found = score(truths, [says(1, 'waiting_input'), says(11, 'active')]);
    expect(found).toMatchObject({ waits: 2, waitsFound: 1, waitingS: 16, waitingSeenS: 8, missed: 1 });
  });

  it('takes each of several states for right', () => {
    const truths = [truth(0, 'ready', 'waiting_input'), truth(10)];
    expect(score(truths, [says(0.5, 'waiting_input')])).toMatchObject({ agreeingS: 8, waits: 0 });
  });

  it('counts an end that was told while the session lived, and not one that was true a moment later', () => {
    const ended = says(5, null, 'terminated');
    expect(score([truth(0, 'ready'), truth(10)], [ended]).falseEnds).toBe(1);
    expect(score([truth(0, 'ready'), truth(6, 'exited'), truth(10)], [ended]).falseEnds).toBe(0);
  });

  it('looks at no other session, and says unknown where vitals said nothing', () => {
    const other = { ...says(0, 'ready'), sessionId: 'b' };
    expect(score([truth(0, 'ready'), truth(4)], [other]).disagreements).toMatchObject([{ said: 'unknown' }]);
  });
});

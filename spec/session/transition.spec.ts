import { makeSession } from '../../fixtures/sessions.js';
import {
  SITUATIONS,
  TABLE_NOW,
  TABLE_STUCK_AFTER_MS,
  TRANSITION_TABLE,
} from '../../fixtures/transition-table.js';
import type { EventBody } from '../../src/session/event.js';
import type { Reading } from '../../src/session/reading.js';
import { STATUSES, type Status } from '../../src/session/status.js';
import { transition } from '../../src/session/transition.js';

const evidence = { source: 'test', detail: 'seen', observedAt: '2026-01-01T12:00:00.000Z' };
const handle = { type: 'fake', name: 'api-3' };
const now = TABLE_NOW;

const name = (event: EventBody): string =>
  event.type === 'terminated' ? `terminated ${event.reason}` : event.type;

describe('the transition table', () => {
  it('has one row for every status and every reading', () => {
    const rows = TRANSITION_TABLE.map((row) => `${row.from} / ${row.situation}`);
    const all = Object.keys(SITUATIONS).flatMap((situation) =>
      STATUSES.map((status) => `${status} / ${situation}`),
    );
    expect(rows.sort()).toEqual(all.sort());
  });

  it.each(TRANSITION_TABLE)('$from, $situation: $to', ({ situation, from, to, events }) => {
    const { reading, session: overrides } = SITUATIONS[situation] as {
      reading: Reading;
      session?: object;
    };
    const session = makeSession({ status: from, ...overrides });
    const result = transition(session, reading, { now, stuckAfterMs: TABLE_STUCK_AFTER_MS });
    expect({ to: result.session.status, events: result.events.map(name) }).toEqual({ to, events });
    if (events.length === 0) expect(result.session).toBe(session);
  });

  it.each(TRANSITION_TABLE.filter((row) => row.to === 'stuck'))(
    '$from, $situation: never stuck while no threshold is configured',
    ({ situation, from }) => {
      const { reading, session } = SITUATIONS[situation] as {
        reading: Reading;
        session?: object;
      };
      expect(transition(makeSession({ status: from, ...session }), reading, { now }).session.status).toBe(
        from,
      );
    },
  );
});

describe('transition', () => {
  const activity = (next: 'active' | 'idle' | 'blocked' | 'ready'): Reading => ({
    type: 'alive',
    handle,
    evidence,
    activity: next,
  });

  it('leaves the session that it was given as it was', () => {
    const session = Object.freeze(makeSession());
    transition(session, { type: 'dead', handle, evidence, exit: { code: 3, signal: null } }, { now });
    expect(session.status).toBe('working');
  });

  it('records how and when a session ended, and that the loop wrote it', () => {
    const session = makeSession({ idleSince: '2026-01-01T11:00:00.000Z' });
    const { session: next, events } = transition(
      session,
      { type: 'dead', handle, evidence, exit: { code: null, signal: 'SIGTERM' } },
      { now },
    );
    expect(next).toMatchObject({
      writtenBy: 'lifecycle',
      idleSince: null,
      evidence,
      exit: { reason: 'runtime_gone', code: null, signal: 'SIGTERM', at: '2026-01-01T12:00:00.000Z' },
    });
    expect(events).toEqual([
      {
        type: 'status_changed',
        from: 'working',
        to: 'killed',
        by: 'lifecycle',
        sessionId: 'api-3',
        projectId: 'shop',
        evidence,
      },
      {
        type: 'terminated',
        reason: 'runtime_gone',
        exit: { code: null, signal: 'SIGTERM' },
        sessionId: 'api-3',
        projectId: 'shop',
        evidence,
      },
    ]);
  });

  it('changes nothing and tells nothing when a reading repeats what the record says', () => {
    const session = makeSession({ activity: 'active' });
    const result = transition(session, activity('active'), { now });
    expect(result).toEqual({ session, events: [] });
    expect(result.session).toBe(session);
  });

  it('starts the idle clock with the first idle or blocked reading, and keeps it from then on', () => {
    const first = transition(makeSession({ activity: 'active' }), activity('idle'), { now }).session;
    const second = transition(first, activity('blocked'), { now: now + 5_000 }).session;
    expect([first.idleSince, second.idleSince]).toEqual([
      '2026-01-01T12:00:00.000Z',
      '2026-01-01T12:00:00.000Z',
    ]);
  });

  it('stops the idle clock with the first sign of work', () => {
    const idle = makeSession({ activity: 'idle', idleSince: '2026-01-01T11:00:00.000Z' });
    expect(transition(idle, activity('ready'), { now }).session.idleSince).toBeNull();
  });

  it('calls a session stuck only after the threshold, not at it', () => {
    const idleSince = new Date(now - 1_000).toISOString();
    const status = (stuckAfterMs: number): Status =>
      transition(makeSession({ activity: 'idle', idleSince }), activity('idle'), { now, stuckAfterMs })
        .session.status;
    expect([status(1_000), status(999)]).toEqual(['working', 'stuck']);
  });

  it('keeps fields that it does not know', () => {
    const session = makeSession({ pullRequest: 17 });
    expect(transition(session, activity('active'), { now }).session['pullRequest']).toBe(17);
  });
});

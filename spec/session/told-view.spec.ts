import * as fc from 'fast-check';
import { makeSession } from '../../fixtures/sessions.js';
import { ACTIVITIES } from '../../src/session/activity.js';
import type { EventBody } from '../../src/session/event.js';
import type { Session } from '../../src/session/session.js';
import { STATUSES } from '../../src/session/status.js';
import type { ToldState } from '../../src/session/told-state.js';
import { ToldView, type Arrival } from '../../src/session/told-view.js';

const about = { sessionId: 'api-3', projectId: 'shop' };
const loopStartedAt = Date.parse('2026-01-01T12:00:00.000Z');
const first: Arrival = { isFirstPass: true, loopStartedAt, mayBeOwn: true };
const later: Arrival = { isFirstPass: false, loopStartedAt, mayBeOwn: false };

/** Tells all that is untold, and gives it. */
function tellAll(view: ToldView, session: Session, arrival = later): EventBody[] {
  const events = view.untold(session, arrival);
  for (const event of events) view.tell(event);
  return events;
}

const types = (events: EventBody[]): string[] => events.map(({ type }) => type);

describe('ToldView', () => {
  it('has a session restored that was there before the loop', () => {
    const session = makeSession({ activity: 'ready' });
    expect(new ToldView().untold(session, first)).toEqual([
      {
        type: 'session_restored',
        ...about,
        status: 'working',
        activity: 'ready',
        createdAt: '2026-01-01T00:00:00.000Z',
      },
    ]);
  });

  it.each<[string, Partial<Session>, Arrival]>([
    ['is seen in a later pass', {}, later],
    ['was made since the loop began', { createdAt: '2026-01-01T12:00:00.001Z' }, first],
    ['was made at the moment the loop began', { createdAt: '2026-01-01T12:00:00.000Z' }, first],
  ])('has a session spawned that %s', (_title, overrides, arrival) => {
    expect(types(new ToldView().untold(makeSession(overrides), arrival))).toEqual(['spawned']);
  });

  it('counts an ended session as told in the first pass, also later on', () => {
    const view = new ToldView();
    const ended = makeSession({ status: 'done' });
    expect([tellAll(view, ended, first), tellAll(view, ended)]).toEqual([[], []]);
    expect(types(tellAll(view, { ...ended, status: 'working' }))).toEqual(['status_changed']);
  });

  it('has a session spawned and terminated that is first seen when it has ended', () => {
    const session = makeSession({
      status: 'killed',
      exit: { reason: 'killed_by_user', code: null, signal: 'SIGTERM', at: '2026-01-01T11:00:00.000Z' },
    });
    expect(new ToldView().untold(session, later)).toMatchObject([
      { type: 'spawned', status: 'killed' },
      { type: 'terminated', reason: 'killed_by_user', exit: { code: null, signal: 'SIGTERM' } },
    ]);
  });

  it('is left as it was by asking it', () => {
    const view = new ToldView();
    expect(view.untold(makeSession(), later)).toEqual(view.untold(makeSession(), later));
  });

  it.each(['lifecycle', 'api'])('says whose change it is that %s wrote', (writtenBy) => {
    const view = new ToldView();
    tellAll(view, makeSession());
    const arrival = { ...later, mayBeOwn: true };
    expect(view.untold(makeSession({ status: 'pr_open', writtenBy }), arrival)).toEqual([
      {
        type: 'status_changed',
        ...about,
        from: 'working',
        to: 'pr_open',
        by: writtenBy === 'lifecycle' ? 'lifecycle' : 'external',
      },
    ]);
  });

  it('takes no change for the loop’s own that the loop knows it did not make, whoever signed the record before', () => {
    const view = new ToldView();
    const evidence = { source: 'tmux', detail: 'of another change', observedAt: '2026-01-01T11:00:00.000Z' };
    const session = makeSession({ writtenBy: 'lifecycle', evidence });
    tellAll(view, session);
    expect(view.untold({ ...session, status: 'pr_open' }, later)).toEqual([
      { type: 'status_changed', ...about, from: 'working', to: 'pr_open', by: 'external' },
    ]);
  });

  it.each<[EventBody['type'], Partial<Session>]>([
    ['status_changed', {}],
    ['spawned', { id: 'new' }],
  ])('has an end untold of which only the %s was told', (kept, overrides) => {
    const view = new ToldView();
    tellAll(view, makeSession());
    const ended = makeSession({ status: 'done', ...overrides });
    const [status, end] = view.untold(ended, later);
    expect([status?.type, end?.type]).toEqual([kept, 'terminated']);
    view.tell(status!);
    const resumed = new ToldView(JSON.parse(JSON.stringify(view.state())) as ToldState);
    expect(resumed.agreesWith({ sessions: [ended], unreadable: [] })).toBe(false);
    expect(tellAll(resumed, ended)).toEqual([end]);
    expect(tellAll(resumed, ended)).toEqual([]);
  });

  it('takes a record of another birth for another session', () => {
    const view = new ToldView();
    tellAll(view, makeSession());
    const reborn = makeSession({ createdAt: '2026-01-01T13:00:00.000Z', status: 'spawning' });
    expect(types(tellAll(view, reborn))).toEqual(['session_removed', 'spawned']);
    expect(tellAll(view, reborn)).toEqual([]);
  });

  it('keeps sessions of the same id in different projects apart', () => {
    const view = new ToldView();
    tellAll(view, makeSession());
    expect(types(tellAll(view, makeSession({ projectId: 'other' })))).toEqual(['spawned']);
  });

  it('knows which sessions are gone, until that is told', () => {
    const view = new ToldView();
    tellAll(view, makeSession({ id: 'a' }));
    tellAll(view, makeSession({ id: 'b', status: 'done' }), first);
    const gone = view.gone(() => false);
    expect(gone).toEqual([
      { type: 'session_removed', sessionId: 'a', projectId: 'shop' },
      { type: 'session_removed', sessionId: 'b', projectId: 'shop' },
    ]);
    expect(view.gone(({ id }) => id === 'a')).toEqual(gone.slice(1));
    for (const event of gone) view.tell(event);
    expect(view.gone(() => false)).toEqual([]);
  });

  it('pays no heed to a change of a session that it does not know', () => {
    const view = new ToldView();
    view.tell({ type: 'status_changed', ...about, from: 'working', to: 'stuck', by: 'lifecycle' });
    expect(view.gone(() => false)).toEqual([]);
  });

  it('has nothing untold once all is told, whatever the record went through', () => {
    const record = fc.record({
      status: fc.constantFrom(...STATUSES),
      activity: fc.constantFrom(null, ...ACTIVITIES),
      createdAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-01T13:00:00.000Z'),
    });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), fc.boolean(), (states, isFirstPass) => {
        const view = new ToldView();
        for (const state of states) tellAll(view, makeSession(state), { ...later, isFirstPass });
        expect(view.untold(makeSession(states.at(-1)), later)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('tells of an end once in a life: as often as the session goes from living to ended', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATUSES), { minLength: 1, maxLength: 10 }), (statuses) => {
        const view = new ToldView();
        const told = statuses.flatMap((status) => tellAll(view, makeSession({ status })));
        const ended = new Set(['killed', 'terminated', 'done', 'cleanup', 'errored', 'merged']);
        const ends = statuses.filter((status, at) => ended.has(status) && !ended.has(statuses[at - 1] ?? ''));
        expect(told.filter(({ type }) => type === 'terminated')).toHaveLength(ends.length);
      }),
      { numRuns: 500 },
    );
  });
});

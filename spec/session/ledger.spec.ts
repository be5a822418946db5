import { makeSession } from '../../fixtures/sessions.js';
import type { EventBody } from '../../src/session/event.js';
import { Ledger, type ServerState } from '../../src/session/ledger.js';
import type { Session } from '../../src/session/session.js';
import type { UnreadableFile } from '../../src/session/snapshot.js';

const about = { sessionId: 'api-3', projectId: 'shop' };
const nobody: ReadonlySet<string> = new Set();

const open = (): Ledger => new Ledger({ loopStartedAt: Date.parse('2026-01-01T12:00:00.000Z') });

/** What a pass over these records tells, told. */
function pass(
  ledger: Ledger,
  sessions: Session[],
  { busy = nobody, unreadable = [] }: { busy?: ReadonlySet<string>; unreadable?: UnreadableFile[] } = {},
): string[] {
  const events = ledger.announce({ sessions, unreadable }, busy);
  for (const event of events) ledger.tell(event);
  return events.map(say);
}

const say = (event: EventBody): string => {
  if ('sessionId' in event) return `${event.type} ${event.sessionId ?? ''}`;
  return event.type === 'session_unreadable' ? `${event.type} ${event.path}` : event.type;
};

const bad = (path: string, overrides: Partial<UnreadableFile> = {}): UnreadableFile => ({
  path,
  projectId: 'shop',
  id: 'api-3',
  message: 'not JSON',
  fingerprint: '1',
  ...overrides,
});

const error = (stage: 'probe' | 'save', message: string): EventBody => ({
  type: 'tick_error',
  stage,
  message,
  ...about,
});

describe('the ledger of sessions', () => {
  it('has what was there restored in the first pass, and spawned in the next', () => {
    const ledger = open();
    const [a, b] = [makeSession({ id: 'a' }), makeSession({ id: 'b' })];
    expect([pass(ledger, [a]), pass(ledger, [a, b])]).toEqual([['session_restored a'], ['spawned b']]);
  });

  it('tells of what is unreadable first, then of what is gone, then of what is there', () => {
    const ledger = open();
    pass(ledger, [makeSession({ id: 'a' })]);
    expect(pass(ledger, [makeSession({ id: 'b' })], { unreadable: [bad('/c', { id: 'c' })] })).toEqual([
      'session_unreadable /c',
      'session_removed a',
      'spawned b',
    ]);
  });

  it('believes a record to be the loop’s own change only where the loop may not have told of it', () => {
    const ledger = open();
    const session = makeSession({ writtenBy: 'lifecycle' });
    pass(ledger, [session]);
    const records = { sessions: [{ ...session, status: 'pr_open' as const }], unreadable: [] };
    const [edited] = ledger.announce(records, nobody);
    ledger.untell([edited!]);
    const [untold] = ledger.announce(records, nobody);
    expect([edited, untold]).toMatchObject([{ by: 'external' }, { by: 'lifecycle' }]);
  });

  it('is silent about those whose probe is still out: of them the snapshot may be out of date', () => {
    const ledger = open();
    const session = makeSession();
    pass(ledger, [session]);
    const busy = new Set(['shop/api-3']);
    expect(pass(ledger, [{ ...session, status: 'pr_open' }], { busy })).toEqual([]);
    expect(pass(ledger, [], { busy })).toEqual([]);
    expect(pass(ledger, [])).toEqual(['session_removed api-3']);
  });

  it.each<[string, Partial<UnreadableFile>, string[]]>([
    ['is unreadable itself', {}, []],
    ['lies in a project that cannot be listed', { id: null }, []],
    ['has an unreadable neighbour', { id: 'other' }, ['session_removed api-3']],
    ['has an unreadable namesake in another project', { projectId: 'other' }, ['session_removed api-3']],
  ])('does not lose a session that %s', (_title, where, told) => {
    const ledger = open();
    pass(ledger, [makeSession()]);
    expect(pass(ledger, [], { unreadable: [bad('/x', where)] }).slice(1)).toEqual(told);
  });

  it('tells of an unreadable file once for each content, and again after it was well', () => {
    const ledger = open();
    const passes = [
      [bad('/x')],
      [bad('/x')],
      [bad('/x', { fingerprint: '2' })],
      [],
      [bad('/x', { fingerprint: '2' })],
    ];
    expect(passes.map((unreadable) => pass(ledger, [], { unreadable }))).toEqual([
      ['session_unreadable /x'],
      [],
      ['session_unreadable /x'],
      [],
      ['session_unreadable /x'],
    ]);
  });
});

describe('the ledger of errors', () => {
  it('has a failed listing told once, until it changes or one succeeds', () => {
    const ledger = open();
    const said = (message: string): number => ledger.listingFailed(message).length;
    expect([said('EMFILE'), said('EMFILE'), said('EACCES')]).toEqual([1, 0, 1]);
    pass(ledger, []);
    expect(ledger.listingFailed('EACCES')).toEqual([
      { type: 'tick_error', stage: 'snapshot', message: 'EACCES' },
    ]);
  });

  it('does not end the first pass with a listing that failed', () => {
    const ledger = open();
    ledger.listingFailed('EMFILE');
    expect(pass(ledger, [makeSession()])).toEqual(['session_restored api-3']);
  });

  it('has a session’s error told once, until it changes or clears', () => {
    const ledger = open();
    const session = makeSession();
    const told = [
      [error('probe', 'no transcript')],
      [error('probe', 'no transcript')],
      [error('probe', 'it hangs')],
      [],
      [error('probe', 'it hangs')],
    ].map((events) => ledger.news(session, events).length);
    expect(told).toEqual([1, 0, 1, 0, 1]);
  });

  it('keeps the stages apart', () => {
    const ledger = open();
    const session = makeSession();
    const both = [error('probe', 'no transcript'), error('save', 'no space')];
    expect(ledger.news(session, both)).toEqual(both);
    expect(ledger.news(session, both.slice(0, 1))).toEqual([]);
    expect(ledger.news(session, both)).toEqual(both.slice(1));
  });

  it('keeps the sessions apart, also those of the same id', () => {
    const ledger = open();
    const events = [error('probe', 'no transcript')];
    const sessions = [
      makeSession(),
      makeSession({ id: 'b' }),
      makeSession({ projectId: 'other' }),
      makeSession(),
    ];
    expect(sessions.map((session) => ledger.news(session, events).length)).toEqual([1, 1, 1, 0]);
  });

  it('leaves all other events as they are, in their order', () => {
    const ledger = open();
    const session = makeSession();
    const change: EventBody = { type: 'activity_changed', ...about, prev: null, next: 'active' };
    const events = [change, error('probe', 'no transcript'), change];
    expect(ledger.news(session, events)).toEqual(events);
    expect(ledger.news(session, events)).toEqual([change, change]);
  });

  it('forgets the errors of sessions that are gone, and no others', () => {
    const ledger = open();
    const [a, b] = [makeSession({ id: 'a' }), makeSession({ id: 'b' })];
    pass(ledger, [a, b]);
    for (const session of [a, b]) ledger.news(session, [error('save', 'no space')]);
    pass(ledger, [b]);
    const said = [a, b].map((session) => ledger.news(session, [error('save', 'no space')]).length);
    expect(said).toEqual([1, 0]);
  });
});

describe('the ledger of servers', () => {
  const up: ServerState = { runtime: 'tmux', server: 'one', outage: null, hasLiveSessions: false };
  const down: ServerState = { ...up, outage: 'no server running', hasLiveSessions: true };

  it('has an outage told once, and its end once', () => {
    const ledger = open();
    expect(
      [up, down, down, up, up, down].map((state) => ledger.noticeServer(state).map(({ type }) => type)),
    ).toEqual([[], ['runtime_unavailable'], [], ['runtime_restored'], [], ['runtime_unavailable']]);
  });

  it('says which server it is, and why', () => {
    const ledger = open();
    expect([...ledger.noticeServer(down), ...ledger.noticeServer(up)]).toEqual([
      { type: 'runtime_unavailable', runtime: 'tmux', server: 'one', message: 'no server running' },
      { type: 'runtime_restored', runtime: 'tmux', server: 'one', message: 'one answers again' },
    ]);
  });

  it('has one outage told, though what the server says of it changes', () => {
    const ledger = open();
    ledger.noticeServer(down);
    expect(ledger.noticeServer({ ...down, outage: 'connection refused' })).toEqual([]);
  });

  it('has no outage where every program has ended', () => {
    const ledger = open();
    expect(ledger.noticeServer({ ...down, hasLiveSessions: false })).toEqual([]);
    expect(ledger.isOut(down)).toBe(false);
  });

  it('knows which servers are out', () => {
    const ledger = open();
    ledger.noticeServer(down);
    const others = [down, { ...down, server: 'two' }, { ...down, runtime: 'process' }];
    expect(others.map((server) => ledger.isOut(server))).toEqual([true, false, false]);
    ledger.noticeServer(up);
    expect(ledger.isOut(down)).toBe(false);
  });

  it('forgets the outage of a server that nobody names any more, and tells no end of it', () => {
    const ledger = open();
    ledger.noticeServer(down);
    ledger.keepServers([{ runtime: 'tmux', server: 'one' }]);
    expect(ledger.isOut(down)).toBe(true);
    ledger.keepServers([{ runtime: 'tmux', server: 'two' }]);
    expect([ledger.isOut(down), ledger.noticeServer(up)]).toEqual([false, []]);
  });
});

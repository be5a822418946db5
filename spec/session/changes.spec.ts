import { makeSession } from '../../fixtures/sessions.js';
import { changes } from '../../src/session/changes.js';

const about = { sessionId: 'api-3', projectId: 'shop' };
const evidence = { source: 'fake', detail: 'seen', observedAt: '2026-01-01T12:00:00.000Z' };

describe('changes', () => {
  it('are none between equal states', () => {
    const session = makeSession({ activity: 'active' });
    expect(changes(session, { ...session, branch: 'feat/x', rev: 9 }, { by: 'external' })).toEqual([]);
  });

  it('are the activity, then the status, then the end', () => {
    const before = makeSession({ activity: 'active' });
    const after = makeSession({
      activity: 'exited',
      status: 'errored',
      exit: { reason: 'agent_exited', code: 3, signal: null, at: '2026-01-01T12:00:00.000Z' },
    });
    expect(changes(before, after, { by: 'lifecycle', evidence })).toEqual([
      { type: 'activity_changed', ...about, evidence, prev: 'active', next: 'exited' },
      { type: 'status_changed', ...about, evidence, from: 'working', to: 'errored', by: 'lifecycle' },
      { type: 'terminated', ...about, evidence, reason: 'agent_exited', exit: { code: 3, signal: null } },
    ]);
  });

  it('name no evidence where there is none', () => {
    const [changed] = changes(makeSession(), makeSession({ status: 'pr_open' }), { by: 'external' });
    expect(changed).not.toHaveProperty('evidence');
    expect(changed).toMatchObject({ by: 'external' });
  });

  it('tell of an end without a reason as somebody else’s', () => {
    const events = changes(makeSession(), makeSession({ status: 'killed' }), { by: 'external' });
    expect(events[1]).toEqual({
      type: 'terminated',
      ...about,
      reason: 'external',
      exit: { code: null, signal: null },
    });
  });

  it('tell of no second end when one ended status follows another', () => {
    const events = changes(makeSession({ status: 'killed' }), makeSession({ status: 'cleanup' }), {
      by: 'external',
    });
    expect(events.map(({ type }) => type)).toEqual(['status_changed']);
  });

  it('tell of no end when an ended session is restored', () => {
    const events = changes(makeSession({ status: 'done' }), makeSession({ status: 'working' }), {
      by: 'external',
    });
    expect(events.map(({ type }) => type)).toEqual(['status_changed']);
  });
});

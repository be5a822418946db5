import { from, fromEvent, map, mergeMap, NEVER, takeUntil, type Observable } from 'rxjs';
import { HandClock } from '../../fixtures/fakes/hand-clock.js';
import type { Agent } from '../../src/agent/agent.js';
import type { ActivityReading } from '../../src/agent/source/activity-reading.js';
import type { RuntimeView } from '../../src/runtime/runtime.js';
import type { Liveness } from '../../src/session/liveness.js';
import type { Reading } from '../../src/session/reading.js';
import { probe, type ProbeOptions } from '../../streams/probe.js';
import { Resting } from '../../streams/resting.js';
import { promiseOf } from './promise-of.js';
import { runMarbles, type MarbleHelpers } from './run-marbles.js';
import { fakeSession } from './watch-loop.js';

const session = fakeSession('a');
const handle = session.handle!;
const seen = { source: 'fake', detail: 'pane %5', observedAt: '2026-01-01T12:00:00.000Z' };
const heard = { source: 'transcript', detail: 'line 7', observedAt: '2026-01-01T12:00:01.000Z' };
const exit = { code: 3, signal: null };
const unknownExit = { code: null, signal: null };

const view = (state: Liveness['state'], more: Partial<Liveness> = {}): RuntimeView => ({
  liveness: () => ({ state, evidence: seen, ...more }),
});
const alive = view('alive');
const answer: ActivityReading = { activity: 'active', evidence: heard };
const active: Reading = { type: 'alive', handle, evidence: heard, activity: 'active', exit: unknownExit };
const failed = (failure: string): Reading => ({
  type: 'alive',
  handle,
  evidence: seen,
  activity: null,
  exit: unknownExit,
  failure,
});
const noAnswer = failed('the agent fake did not answer within 5 ms');

/** Probe options with one agent, `fake`, that answers as this stream does. */
function askedAs(
  answer$: Observable<ActivityReading>,
  { scheduler }: Pick<MarbleHelpers, 'scheduler'>,
): ProbeOptions {
  const fake: Agent = {
    detectActivity: (_session, _view, { signal }) =>
      promiseOf(answer$.pipe(takeUntil(fromEvent(signal, 'abort')))),
  };
  return withAgents({ fake }, { scheduler });
}

const withAgents = (
  agents: Record<string, Agent>,
  { scheduler }: Pick<MarbleHelpers, 'scheduler'>,
): ProbeOptions => ({
  settings: { agents, probeTimeoutMs: 5, scheduler, clock: new HandClock() },
  resting: new Resting(),
  unanswered: new Set(),
});

describe('probe', () => {
  it('has a reading at once for a session without a handle', () =>
    runMarbles(({ expectObservable, scheduler }) => {
      const target = { session: fakeSession('a', { handle: null }), view: alive, isOutage: false };
      expectObservable(probe(target, askedAs(NEVER, { scheduler }))).toBe('(r|)', {
        r: { type: 'no_handle', handle: null },
      });
    }));

  it.each<[string, RuntimeView, boolean, Reading]>([
    ['one that is gone', view('dead', { exit }), false, { type: 'dead', handle, evidence: seen, exit }],
    [
      'one that is gone, nobody knows how',
      view('dead'),
      false,
      { type: 'dead', handle, evidence: seen, exit: unknownExit },
    ],
    [
      'one that can not be seen',
      view('unknown'),
      false,
      { type: 'unknown', handle, evidence: seen, outage: false },
    ],
    [
      'one whose whole server is out',
      view('unknown'),
      true,
      { type: 'unknown', handle, evidence: seen, outage: true },
    ],
  ])('asks no agent about %s', (_title, seenAs, isOutage, reading) =>
    runMarbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const answer$ = cold('-(a|)', { a: answer });
      const expected = '    (r|) ';

      const reading$ = probe({ session, view: seenAs, isOutage }, askedAs(answer$, { scheduler }));
      expectObservable(reading$).toBe(expected, { r: reading });
      expectSubscriptions(answer$.subscriptions).toBe([]);
    }),
  );

  it('takes the answer of the agent, with the evidence that the agent gives', () =>
    runMarbles(({ cold, expectObservable, scheduler }) => {
      const answer$ = cold('---(a|)', { a: answer });
      const expected = '    ---(r|)';

      const reading$ = probe({ session, view: alive, isOutage: false }, askedAs(answer$, { scheduler }));
      expectObservable(reading$).toBe(expected, { r: active });
    }));

  it('hands on how the program ended when the agent has exited', () =>
    runMarbles(({ cold, expectObservable, scheduler }) => {
      const answer$ = cold<ActivityReading>('(a|)', { a: { activity: 'exited', evidence: heard } });
      const target = { session, view: view('alive', { exit }), isOutage: false };

      expectObservable(probe(target, askedAs(answer$, { scheduler }))).toBe('(r|)', {
        r: { type: 'alive', handle, evidence: heard, activity: 'exited', exit },
      });
    }));

  it('makes an unknown activity of an agent that fails', () =>
    runMarbles(({ cold, expectObservable, scheduler }) => {
      const answer$ = cold<ActivityReading>('--#   ', {}, new Error('no transcript'));
      const expected = '                     --(r|)';

      const reading$ = probe({ session, view: alive, isOutage: false }, askedAs(answer$, { scheduler }));
      expectObservable(reading$).toBe(expected, { r: failed('no transcript') });
    }));

  it('gives up on an agent that does not answer in time, and tells it so', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const answer$ = cold('-------(a|)', { a: answer });
      const answerSubs = '  ^----!     ';
      const expected = '    -----(r|)  ';

      const reading$ = probe({ session, view: alive, isOutage: false }, askedAs(answer$, { scheduler }));
      expectObservable(reading$).toBe(expected, { r: noAnswer });
      expectSubscriptions(answer$.subscriptions).toBe(answerSubs);
    }));

  it('does not let a failing and a hung probe touch the healthy ones', () =>
    runMarbles(({ cold, expectObservable, scheduler }) => {
      const answers: Record<string, Observable<ActivityReading>> = {
        a: cold('      --(a|)   ', { a: answer }),
        b: cold('      -#       ', {}, new Error('no transcript')),
        c: cold('      ---------'),
        d: cold('      ---(a|)  ', { a: answer }),
      };
      const expected = '-bad-(c|) ';
      const fake: Agent = { detectActivity: ({ id }) => promiseOf(answers[id]!) };
      const options = withAgents({ fake }, { scheduler });

      const reading$ = from('abcd').pipe(
        mergeMap((id) =>
          probe({ session: fakeSession(id), view: alive, isOutage: false }, options).pipe(
            map((reading) => [id, reading.type === 'alive' && (reading.failure ?? reading.activity)]),
          ),
        ),
      );
      expectObservable(reading$).toBe(expected, {
        a: ['a', 'active'],
        b: ['b', 'no transcript'],
        c: ['c', 'the agent fake did not answer within 5 ms'],
        d: ['d', 'active'],
      });
    }));

  it('tells the agent when nobody waits for the reading any more', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const answer$ = cold('----(a|)', { a: answer });
      const answerSubs = '  ^--!    ';
      const unsub = '       ---!    ';
      const expected = '    ---     ';

      const reading$ = probe({ session, view: alive, isOutage: false }, askedAs(answer$, { scheduler }));
      expectObservable(reading$, unsub).toBe(expected);
      expectSubscriptions(answer$.subscriptions).toBe(answerSubs);
    }));

  it('asks nothing before somebody listens', () => {
    const options = withAgents({}, { scheduler: null as never });
    const blind: RuntimeView = {
      liveness: () => {
        throw new Error('asked too early');
      },
    };
    expect(() => probe({ session, view: blind, isOutage: false }, options)).not.toThrow();
  });

  it('does not ask an agent again that has not answered yet, but looks whether its program lives', () =>
    runMarbles(({ cold, flush, expectObservable, expectSubscriptions, scheduler }) => {
      const answer$ = cold('--------(a|)', { a: answer });
      const answerSubs = '  ^-------!   ';
      const fake: Agent = { detectActivity: () => promiseOf(answer$) };
      const options = withAgents({ fake }, { scheduler });
      const target = { session, isOutage: false };

      expectObservable(probe({ ...target, view: alive }, options)).toBe('-----(r|)', { r: noAnswer });
      expectObservable(probe({ ...target, view: alive }, options), '------^').toBe('------(r|)', {
        r: noAnswer,
      });
      expectObservable(probe({ ...target, view: view('dead', { exit }) }, options), '-------^').toBe(
        '-------(r|)',
        { r: { type: 'dead', handle, evidence: seen, exit } },
      );
      flush();
      expectSubscriptions(answer$.subscriptions).toBe(answerSubs);
      expect(options.unanswered).toEqual(new Set());
    }));

  it('asks an agent again that has answered late', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const answer$ = cold('------(a|)', { a: answer });
      const answerSubs = [' ^-----!   ', '-------^-----!    '];
      const fake: Agent = { detectActivity: () => promiseOf(answer$) };
      const options = withAgents({ fake }, { scheduler });
      const target = { session, view: alive, isOutage: false };

      expectObservable(probe(target, options)).toBe('           -----(r|)', { r: noAnswer });
      expectObservable(probe(target, options), '-------^').toBe('------------(r|)', { r: noAnswer });
      expectSubscriptions(answer$.subscriptions).toBe(answerSubs);
    }));

  it('asks an agent again that threw', () =>
    runMarbles(({ expectObservable, scheduler }) => {
      const fake: Agent = {
        detectActivity: () => {
          throw new TypeError('no such field');
        },
      };
      const options = withAgents({ fake }, { scheduler });
      const target = { session, view: alive, isOutage: false };

      expectObservable(probe(target, options)).toBe('(r|)', { r: failed('no such field') });
      expectObservable(probe(target, options), '--^').toBe('--(r|)', { r: failed('no such field') });
    }));

  it.each(['nobody', 'toString'])('does not know what a session does whose agent is called %s', (agent) =>
    runMarbles(({ expectObservable, scheduler }) => {
      const target = { session: fakeSession('a', { agent }), view: alive, isOutage: false };
      expectObservable(probe(target, withAgents({}, { scheduler }))).toBe('(r|)', {
        r: failed(`no agent is called "${agent}" here`),
      });
    }),
  );

  it('calls a session unknown when the look at it throws', () =>
    runMarbles(({ expectObservable, scheduler }) => {
      const broken: RuntimeView = {
        liveness: () => {
          throw new TypeError('no pane');
        },
      };
      const reading$ = probe({ session, view: broken, isOutage: true }, withAgents({}, { scheduler }));
      expectObservable(reading$).toBe('(r|)', {
        r: {
          type: 'unknown',
          handle,
          evidence: { source: 'probe', detail: 'no pane', observedAt: '2026-01-01T12:00:00.000Z' },
          outage: false,
        },
      });
    }));
});

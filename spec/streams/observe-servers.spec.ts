import { fromEvent, map, takeUntil, type Observable } from 'rxjs';
import { HandClock } from '../../fixtures/fakes/hand-clock.js';
import type { Runtime, RuntimeView } from '../../src/runtime/runtime.js';
import { groupByServer } from '../../src/runtime/group-by-server.js';
import { observeServers, type ObserveOptions } from '../../streams/observe-servers.js';
import { promiseOf } from './promise-of.js';
import { runMarbles } from './run-marbles.js';
import { fakeSession } from './watch-loop.js';

const handle = { type: 'fake', name: 'any' };
const view: RuntimeView = {
  liveness: () => ({
    state: 'alive',
    evidence: { source: 'fake', detail: 'it runs', observedAt: '2026-01-01T12:00:00.000Z' },
  }),
};

/** What a pass sees of the servers `one` and `two`, each of which answers as its stream does. */
function observe(
  servers: Record<string, Observable<RuntimeView>>,
  options: Omit<ObserveOptions, 'clock' | 'probeTimeoutMs'>,
): Observable<object> {
  const fake: Runtime = {
    serverOf: ({ server }) => String(server),
    observe: ([first], { signal }) =>
      promiseOf(servers[String(first?.['server'])]!.pipe(takeUntil(fromEvent(signal, 'abort')))),
  };
  const sessions = Object.keys(servers).map((server) =>
    fakeSession(`on-${server}`, { handle: { type: 'fake', name: server, server } }),
  );
  return observeServers(groupByServer(sessions, { fake }), {
    ...options,
    probeTimeoutMs: 5,
    clock: new HandClock(),
  }).pipe(
    map(({ group: { server, sessions }, view: seen }) => ({
      server,
      sessions: sessions.map(({ id }) => id),
      is: seen.liveness(handle).state,
      outage: seen.outage?.message ?? null,
    })),
  );
}

const answered = (server: string): object => ({
  server,
  sessions: [`on-${server}`],
  is: 'alive',
  outage: null,
});
const out = (server: string, outage: string): object => ({
  server,
  sessions: [`on-${server}`],
  is: 'unknown',
  outage,
});

describe('observeServers', () => {
  it('ends at once where there is nothing to look at', () =>
    runMarbles(({ expectObservable, scheduler }) => {
      expectObservable(observe({}, { scheduler })).toBe('|');
    }));

  it('looks at all servers side by side, each once, and gives each as it answers', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const one$ = cold('---(v|)', { v: view });
      const two$ = cold('-(v|)  ', { v: view });
      const oneSubs = '  ^--!   ';
      const twoSubs = '  ^!     ';
      const expected = ' -b-(a|)';

      expectObservable(observe({ one: one$, two: two$ }, { scheduler })).toBe(expected, {
        a: answered('one'),
        b: answered('two'),
      });
      expectSubscriptions(one$.subscriptions).toBe(oneSubs);
      expectSubscriptions(two$.subscriptions).toBe(twoSubs);
    }));

  it('makes an outage of a server that fails, and of that one alone', () =>
    runMarbles(({ cold, expectObservable, scheduler }) => {
      const one$ = cold<RuntimeView>('--#    ', {}, new Error('no server\nis running'));
      const two$ = cold('             ---(v|)', { v: view });
      const expected = '              --a(b|)';

      expectObservable(observe({ one: one$, two: two$ }, { scheduler })).toBe(expected, {
        a: out('one', 'no server is running'),
        b: answered('two'),
      });
    }));

  it('makes an outage of a server that does not answer in time, and stops asking it', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const one$ = cold('--------(v|)', { v: view });
      const two$ = cold('---(v|)     ', { v: view });
      const oneSubs = '  ^----!      ';
      const expected = ' ---b-(a|)   ';

      expectObservable(observe({ one: one$, two: two$ }, { scheduler })).toBe(expected, {
        a: out('one', 'one did not answer within 5 ms'),
        b: answered('two'),
      });
      expectSubscriptions(one$.subscriptions).toBe(oneSubs);
    }));

  it('stops asking when nobody listens any more', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const one$ = cold('----(v|)', { v: view });
      const two$ = cold('-(v|)   ', { v: view });
      const oneSubs = '  ^--!    ';
      const unsub = '    ---!    ';
      const expected = ' -b      ';

      expectObservable(observe({ one: one$, two: two$ }, { scheduler }), unsub).toBe(expected, {
        b: answered('two'),
      });
      expectSubscriptions(one$.subscriptions).toBe(oneSubs);
    }));

  it('makes an outage of a runtime that throws instead of answering', () =>
    runMarbles(({ expectObservable, scheduler }) => {
      const fake: Runtime = {
        serverOf: () => 'one',
        observe: () => {
          throw new TypeError('not a socket');
        },
      };
      const seen$ = observeServers(groupByServer([fakeSession('a')], { fake }), {
        probeTimeoutMs: 5,
        scheduler,
        clock: new HandClock(),
      });
      expectObservable(seen$.pipe(map((seen) => seen.view.outage))).toBe('(o|)', {
        o: { server: 'one', message: 'not a socket' },
      });
    }));

  it('knows nothing, and says no outage, where there is nobody to ask', () =>
    runMarbles(({ expectObservable, scheduler }) => {
      const groups = groupByServer([fakeSession('a', { runtime: 'elsewhere' })], {});
      const seen$ = observeServers(groups, { probeTimeoutMs: 5, scheduler, clock: new HandClock() });

      expectObservable(
        seen$.pipe(map((seen) => ({ outage: seen.view.outage, liveness: seen.view.liveness(handle) }))),
      ).toBe('(o|)', {
        o: {
          outage: undefined,
          liveness: {
            state: 'unknown',
            evidence: {
              source: 'runtime',
              detail: 'no runtime is called "elsewhere" here',
              observedAt: '2026-01-01T12:00:00.000Z',
            },
          },
        },
      });
    }));
});

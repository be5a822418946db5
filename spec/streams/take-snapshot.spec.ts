import { fakeSession } from './watch-loop.js';
import { takeSnapshot, type BusySnapshot, type SnapshotResult } from '../../streams/take-snapshot.js';
import { promiseOf } from './promise-of.js';
import { runMarbles } from './run-marbles.js';

const snapshot: BusySnapshot = {
  sessions: [fakeSession('a'), fakeSession('b')],
  unreadable: [],
  busy: new Set(['shop/b']),
};
const results: Record<string, SnapshotResult> = {
  s: { type: 'snapshot', ...snapshot },
  f: { type: 'failed', message: 'no such directory' },
};

describe('takeSnapshot', () => {
  it('gives one snapshot and ends', () =>
    runMarbles(({ cold, expectObservable }) => {
      const disk$ = cold('--(s|)', { s: snapshot });
      const expected = '  --(s|)';

      expectObservable(takeSnapshot(() => promiseOf(disk$))).toBe(expected, results);
    }));

  it('makes a result of a listing that fails', () =>
    runMarbles(({ cold, expectObservable }) => {
      const disk$ = cold<BusySnapshot>('--#   ', {}, new Error('no such directory'));
      const expected = '                --(f|)';

      expectObservable(takeSnapshot(() => promiseOf(disk$))).toBe(expected, results);
    }));

  it('makes a result of a listing that throws', () =>
    runMarbles(({ expectObservable }) => {
      const list = (): Promise<BusySnapshot> => {
        throw new Error('no such directory');
      };
      expectObservable(takeSnapshot(list)).toBe('(f|)', results);
    }));

  it('waits for a disk that does not answer', () =>
    runMarbles(({ cold, expectObservable }) => {
      const disk$ = cold<BusySnapshot>('---');
      const expected = '                ---';

      expectObservable(takeSnapshot(() => promiseOf(disk$))).toBe(expected);
    }));

  it('reads the disk for each subscription, not before', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions }) => {
      const disk$ = cold('-(s|)   ', { s: snapshot });
      const diskSubs = '  ---^!   ';
      const subscribed = '---^    ';
      const expected = '  ----(s|)';

      expectObservable(
        takeSnapshot(() => promiseOf(disk$)),
        subscribed,
      ).toBe(expected, results);
      expectSubscriptions(disk$.subscriptions).toBe(diskSubs);
    }));

  it('gives nothing once nobody listens any more', () =>
    runMarbles(({ cold, expectObservable }) => {
      const disk$ = cold('---(s|)', { s: snapshot });
      const unsub = '     --!    ';
      const expected = '  ---    ';

      expectObservable(
        takeSnapshot(() => promiseOf(disk$)),
        unsub,
      ).toBe(expected);
    }));
});

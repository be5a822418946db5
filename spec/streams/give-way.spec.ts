import { Subject } from 'rxjs';
import { GIVE_WAY_AFTER_MS, giveWay } from '../../streams/give-way.js';
import { runMarbles } from './run-marbles.js';

describe('giveWay', () => {
  it('gives way after a second', () => expect(GIVE_WAY_AFTER_MS).toBe(1_000));

  it('says that a stream which goes on is over, once, and lets it go on', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const source$ = cold('a 1499ms b 1499ms c|');
      const subs = '        ^ 3000ms         !  ';
      const expected = '    a 1499ms b 1499ms c|';
      const over = '        1s o                ';
      const over$ = new Subject<string>();

      expectObservable(over$).toBe(over);
      expectObservable(source$.pipe(giveWay(() => over$.next('o'), { scheduler }))).toBe(expected);
      expectSubscriptions(source$.subscriptions).toBe(subs);
    }));

  it('says so of a stream that gives nothing and never ends', () =>
    runMarbles(({ cold, expectObservable, scheduler }) => {
      const source$ = cold('-   ');
      const expected = '    -   ';
      const over = '        1s o';
      const over$ = new Subject<string>();

      expectObservable(over$).toBe(over);
      expectObservable(source$.pipe(giveWay(() => over$.next('o'), { scheduler }))).toBe(expected);
    }));

  it.each([
    ['is empty', '|', '|'],
    ['ends in time', 'a 998ms |', 'a 998ms |'],
    ['fails in time', 'a 998ms #', 'a 998ms #'],
  ])('says nothing of a stream that %s', (_title, source, expected) =>
    runMarbles(({ cold, expectObservable, scheduler }) => {
      const source$ = cold(source);
      const over$ = new Subject<string>();

      expectObservable(over$).toBe('-');
      expectObservable(source$.pipe(giveWay(() => over$.next('o'), { scheduler }))).toBe(expected);
    }),
  );

  it('says nothing once nobody listens any more', () =>
    runMarbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const source$ = cold('a 996ms b-----');
      const unsub = '       ^ 998ms !     ';
      const expected = '    a 996ms b     ';
      const over$ = new Subject<string>();

      expectObservable(over$).toBe('-');
      expectObservable(source$.pipe(giveWay(() => over$.next('o'), { scheduler })), unsub).toBe(expected);
      expectSubscriptions(source$.subscriptions).toBe(unsub);
    }));
});

import type { Observable } from 'rxjs';
import type { Runtime } from '../../src/runtime/runtime.js';
import { unknownView } from '../../src/runtime/unknown-view.js';
import { hints } from '../../streams/hints.js';
import { runMarbles } from './run-marbles.js';

const fail = (message: string): never => {
  throw new Error(message);
};

describe('hints', () => {
  it('gives out what any runtime hears, for as long as somebody listens', () =>
    runMarbles(({ hot, expectObservable, expectSubscriptions }) => {
      const tmux$ = hot('   -h---h----h-');
      const process$ = hot('---h-h---h--');
      const unsub = '       --------!   ';
      const subs = '        ^-------!   ';
      const expected = '    -h-h-(hh)   ';

      const hint$ = hints({
        sessions: {},
        runtimes: { tmux: runtimeThatHears(tmux$), process: runtimeThatHears(process$) },
        onDeaf: fail,
        onClosing: () => undefined,
      });
      expectObservable(hint$, unsub).toBe(expected, { h: undefined });
      expectSubscriptions(tmux$.subscriptions).toBe(subs);
      expectSubscriptions(process$.subscriptions).toBe(subs);
    }));

  it('is silent about a runtime that hears nothing', () =>
    runMarbles(({ hot, expectObservable }) => {
      const tmux$ = hot('-h--');
      const expected = ' -h--';

      const hint$ = hints({
        sessions: {},
        runtimes: { deaf: runtimeThatHears(null), tmux: runtimeThatHears(tmux$) },
        onDeaf: fail,
        onClosing: () => undefined,
      });
      expectObservable(hint$).toBe(expected, { h: undefined });
    }));

  it('goes on with the others when a runtime can not listen, and says so', () => {
    const told: string[] = [];
    runMarbles(({ hot, expectObservable }) => {
      const tmux$ = hot('-h--');
      const expected = ' -h--';
      const broken: Runtime = {
        ...runtimeThatHears(null),
        hint: () => {
          throw new Error('no ears');
        },
      };

      const hint$ = hints({
        sessions: {},
        runtimes: { broken, tmux: runtimeThatHears(tmux$) },
        onDeaf: (message) => told.push(message),
        onClosing: () => undefined,
      });
      expectObservable(hint$).toBe(expected, { h: undefined });
    });
    expect(told).toEqual(['no ears']);
  });

  it('gives out what the disk lets hear, and says when it falls silent', () => {
    const told: string[] = [];
    runMarbles(({ hot, expectObservable, expectSubscriptions }) => {
      const disk$ = hot('   -h-#');
      const unsub = '       -----!';
      const subs = '        ^--!';
      const expected = '    -h---';
      const hint$ = hints({
        sessions: {
          watch: ({ onChange, onError, ignore }) => {
            expect(ignore).toBe('lifecycle');
            const subscription = disk$.subscribe({ next: onChange, error: onError });
            return () => subscription.unsubscribe();
          },
        },
        runtimes: {},
        onDeaf: (message) => told.push(message),
        onClosing: () => undefined,
      });
      expectObservable(hint$, unsub).toBe(expected, { h: undefined });
      expectSubscriptions(disk$.subscriptions).toBe(subs);
    });
    expect(told).toEqual(['error']);
  });
});

/** A runtime that hears what this stream gives. */
function runtimeThatHears(heard$: Observable<unknown> | null): Runtime {
  const deaf: Runtime = {
    serverOf: () => 'main',
    observe: () => Promise.resolve(unknownView('it does not look', '2026-01-01T12:00:00.000Z')),
  };
  if (!heard$) return deaf;
  return {
    ...deaf,
    hint: (onHint) => {
      const hearing = heard$.subscribe(onHint);
      return () => hearing.unsubscribe();
    },
  };
}

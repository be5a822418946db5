import { Observable } from 'rxjs';

/**
 * One answer of a promise that is told, by its signal, when nobody waits for it any more. A signal costs more than most
 * answers: there is none until it is asked for.
 */
export function fromAbortable<T>(
  ask: (options: { readonly signal: AbortSignal }) => Promise<T>,
): Observable<T> {
  return new Observable((subscriber) => {
    let abort: AbortController | null = null;
    let isOver = false;
    const options = {
      get signal(): AbortSignal {
        abort ??= new AbortController();
        if (isOver) abort.abort();
        return abort.signal;
      },
    };
    let hasAnswered = false;
    ask(options).then(
      (answer) => {
        hasAnswered = true;
        subscriber.next(answer);
        subscriber.complete();
      },
      (error: unknown) => {
        hasAnswered = true;
        subscriber.error(error);
      },
    );
    return () => {
      if (hasAnswered) return;
      isOver = true;
      abort?.abort();
    };
  });
}

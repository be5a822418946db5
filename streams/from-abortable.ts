import { Observable } from 'rxjs';

/** One answer of a promise that is told, by its signal, when nobody waits for it any more. */
export function fromAbortable<T>(ask: (signal: AbortSignal) => Promise<T>): Observable<T> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    let hasAnswered = false;
    ask(abort.signal).then(
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
      if (!hasAnswered) abort.abort();
    };
  });
}

import { catchError, merge, NEVER, Observable, type MonoTypeOperatorFunction } from 'rxjs';
import type { Runtime } from '../src/runtime/runtime.js';
import { messageOf } from '../src/session/message-of.js';
import { LOOP_WRITER, type Store } from './loop.js';

export interface HintSources {
  sessions: Pick<Store, 'watch'>;
  runtimes: Readonly<Record<string, Runtime>>;
  /** A source fell silent; what it would have told is seen by the next pass. */
  onDeaf: (message: string) => void;
  /** A source is let go of: this is how long that takes. */
  onClosing: (closed: Promise<void>) => void;
}

/** What the runtimes and the disk let hear: each value is a reason to look now, and nothing more. */
export function hints({ sessions, runtimes, onDeaf, onClosing }: HintSources): Observable<void> {
  return merge(
    ...Object.values(runtimes).map((runtime) => hintsOfRuntime(runtime, { onDeaf, onClosing })),
    hintsOfDisk(sessions, onDeaf),
  );
}

function hintsOfRuntime(
  runtime: Runtime,
  { onDeaf, onClosing }: Pick<HintSources, 'onDeaf' | 'onClosing'>,
): Observable<void> {
  return new Observable<void>((subscriber) => {
    const stop = runtime.hint?.(() => subscriber.next());
    const close = async (): Promise<void> => stop?.();
    return () => onClosing(close());
  }).pipe(orDeaf(onDeaf));
}

function hintsOfDisk(sessions: HintSources['sessions'], onDeaf: HintSources['onDeaf']): Observable<void> {
  return new Observable<void>((subscriber) =>
    sessions.watch?.({
      onChange: () => subscriber.next(),
      onError: (error) => onDeaf(messageOf(error)),
      ignore: LOOP_WRITER,
    }),
  ).pipe(orDeaf(onDeaf));
}

/** Who can't listen goes without. */
const orDeaf = (onDeaf: HintSources['onDeaf']): MonoTypeOperatorFunction<void> =>
  catchError((error: unknown) => {
    onDeaf(messageOf(error));
    return NEVER;
  });

/* eslint rxjs-x/no-unsafe-takeuntil: off -- what was begun before the loop stops is still finished */
import { EMPTY, map, mergeMap, takeUntil, tap, type Observable } from 'rxjs';
import { deathsFirst } from './deaths-first.js';
import { giveWay } from './give-way.js';
import type { Loop } from './loop.js';
import { observeServers } from './observe-servers.js';
import { onePassAtATime } from './one-pass-at-a-time.js';
import { persist, type Persisted } from './persist.js';
import { probe } from './probe.js';
import { takeSnapshot, type SnapshotResult } from './take-snapshot.js';
import type { Tick } from './tick.js';

/** How many sessions are probed side by side. */
export const PROBE_CONCURRENCY = 64;

/** How many records are written side by side. */
export const PERSIST_CONCURRENCY = 16;

export interface PipelineInput {
  loop: Loop;
  /** The interval, and whatever else starts a pass. */
  tick$: Observable<Tick>;
  /**
   * No pass starts after it, and no reading counts; what was read is still saved and told. It must replay itself: a pass
   * that reads the disk as it comes listens only later.
   */
  stopping$: Observable<unknown>;
  /** Called as each pass begins; what it returns is told how the listing went, and when all of its writes are done. */
  onPass: () => { taken: (result: SnapshotResult) => void; done: () => void };
}

/** The program in one sentence: from the interval to the events, each of them told once its state is on disk. */
export function pipeline({ loop, tick$, stopping$, onPass }: PipelineInput): Observable<Persisted> {
  return tick$.pipe(
    takeUntil(stopping$),
    onePassAtATime((isOver) => {
      const pass = onPass();
      return takeSnapshot(loop.list).pipe(
        tap((result) => loop.announce(result)),
        tap(pass.taken),
        mergeMap((snapshot) =>
          snapshot.type === 'failed'
            ? EMPTY
            : observeServers(loop.begin(snapshot), loop.settings).pipe(
                mergeMap((server) => deathsFirst(loop.notice(server), loop.settings)),
                mergeMap(
                  (target) =>
                    probe(target, loop).pipe(map((reading) => ({ before: target.session, reading }))),
                  PROBE_CONCURRENCY,
                ),
                takeUntil(stopping$),
                map((read) => ({ ...read, after: loop.reduce(read.before, read.reading) })),
                mergeMap((step) => persist(step, loop), PERSIST_CONCURRENCY),
                tap((persisted) => loop.finish(persisted)),
                giveWay(isOver, loop.settings),
              ),
        ),
        tap({ finalize: pass.done }),
      );
    }),
  );
}

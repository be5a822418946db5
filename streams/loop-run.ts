import { BehaviorSubject, filter, firstValueFrom, map, ReplaySubject, Subject } from 'rxjs';
import type { EventLog } from '../src/session/event-log.js';
import type { PassReport } from '../src/session/pass-report.js';
import type { ToldView } from '../src/session/told-view.js';
import type { EventHub } from './event-hub.js';
import { hints } from './hints.js';
import { Loop, type LoopSettings } from './loop.js';
import { pipeline } from './pipeline.js';
import type { SnapshotResult } from './take-snapshot.js';
import { ticks } from './tick.js';

export interface LoopRunOptions {
  settings: LoopSettings;
  hub: EventHub;
  /** Where the events are kept. */
  log: EventLog;
  /** What was told before. */
  told: ToldView;
  /** A pass has ended. */
  onPassed?: () => void;
}

/** One life of the loop, from its first pass until it is stopped. */
export class LoopRun {
  readonly #isTimed$ = new BehaviorSubject(false);
  readonly #ask$ = new Subject<void>();
  readonly #stopping$ = new ReplaySubject<void>(1);
  readonly #passed$ = new Subject<{ number: number; report: PassReport }>();
  readonly #closing: Promise<void>[] = [];
  readonly #ended: Promise<void>;
  #passesBegun = 0;

  constructor({ settings, onPassed, ...rest }: LoopRunOptions) {
    const loop = new Loop(settings, rest);
    if (onPassed) this.#passed$.subscribe(onPassed);
    this.#ended = new Promise((resolve, reject) => {
      pipeline({
        loop,
        tick$: ticks({
          ...settings,
          isRunning$: this.#isTimed$,
          ask$: this.#ask$,
          hint$: hints({
            ...settings,
            onDeaf: loop.deafen,
            onClosing: (closed) => this.#closing.push(closed),
          }),
        }),
        stopping$: this.#stopping$,
        onPass: () => this.#beginPass(),
      }).subscribe({ error: reject, complete: resolve });
    });
  }

  /** From now on there is a pass at once, one each interval, and one for each hint; resolves to what the next one saw. */
  startTimer(): Promise<PassReport | null> {
    const report = this.#nextPass();
    this.#isTimed$.next(true);
    return report;
  }

  /** One pass, begun after the call; resolves when its writes are done, or to null if there is none any more. */
  tick(): Promise<PassReport | null> {
    const report = this.#nextPass();
    this.#ask$.next();
    return report;
  }

  /** Ends it for good; settles once what was read is saved and told. It rejects with what could not be ended. */
  async stop(): Promise<void> {
    this.#isTimed$.next(false);
    this.#stopping$.next();
    const ends = await Promise.allSettled([this.#ended, ...this.#closing]);
    this.#passed$.complete();
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  #nextPass(): Promise<PassReport | null> {
    const number = this.#passesBegun + 1;
    const report$ = this.#passed$.pipe(
      filter((pass) => pass.number >= number),
      map(({ report }) => report),
    );
    return firstValueFrom(report$, { defaultValue: null });
  }

  #beginPass(): { taken: (result: SnapshotResult) => void; done: () => void } {
    this.#passesBegun += 1;
    const number = this.#passesBegun;
    let report: PassReport = { sessions: 0, unreadable: 0, error: null };
    return {
      taken: (result) => {
        report = reportOf(result);
      },
      done: () => this.#passed$.next({ number, report }),
    };
  }
}

const reportOf = (result: SnapshotResult): PassReport =>
  result.type === 'failed'
    ? { sessions: 0, unreadable: 0, error: result.message }
    : { sessions: result.sessions.length, unreadable: result.unreadable.length, error: null };

import { foldJournal } from '../src/journal/fold-journal.js';
import { followJournal } from '../src/journal/follow-journal.js';
import { JournalReader, type JournalNews } from '../src/journal/journal-reader.js';
import { journalDirectory } from '../src/journal/segments.js';
import type { Clock } from '../src/session/clock.js';
import type { LifecycleEvent } from '../src/session/event.js';
import { ORIGIN, type Place } from '../src/session/place.js';
import { ToldView } from '../src/session/told-view.js';
import { DirectoryWaker } from '../src/store/directory-waker.js';
import type { EventHub } from './event-hub.js';
import type { Told } from './home-loop.js';

export interface FollowingOptions {
  home: string;
  hub: EventHub;
  clock: Clock;
  /** The journal can't be read (any more). */
  onFailure: (error: unknown) => void;
}

/** Takes part in a home's loop that another process runs: tells what comes into the journal from now on. */
export class Following {
  readonly type = 'following';
  readonly #hub: EventHub;
  readonly #clock: Clock;
  readonly #reader: JournalReader;
  readonly #waker: DirectoryWaker;
  readonly #reading: Promise<void>;
  #told: ToldView;
  #at: Place;
  #isOver = false;
  #onRead: (() => void)[] = [];

  constructor({ home, hub, clock, onFailure }: FollowingOptions) {
    this.#hub = hub;
    this.#clock = clock;
    const directory = journalDirectory(home);
    const end = foldJournal(directory);
    this.#told = end?.told ?? new ToldView();
    this.#at = end?.at ?? ORIGIN;
    this.#reader = new JournalReader(directory, end && { ...end, offset: end.length });
    this.#waker = new DirectoryWaker(directory);
    this.#reading = this.#read()
      .catch(onFailure)
      .finally(() => this.#end());
  }

  told(): Told {
    return { told: this.#told, at: this.#at };
  }

  /** Resolves once all events up to a place are told. */
  async reach({ seq }: Place): Promise<void> {
    this.#waker.wake();
    while (this.#at.seq < seq && !this.#isOver) {
      await new Promise<void>((resolve) => this.#onRead.push(resolve));
    }
  }

  /** Tells what is in the journal by now, and then no more. */
  async finish(): Promise<void> {
    this.#waker.stop();
    await this.#reading;
  }

  async #read(): Promise<void> {
    for await (const news of followJournal(this.#reader, this.#waker)) {
      const events = news.flatMap((one) => this.#take(one));
      this.#hub.publish(events);
      this.#wakeWaiters();
      await this.#hub.drained();
    }
  }

  #take(news: JournalNews): LifecycleEvent[] {
    if (news.type === 'event') {
      const { event } = news;
      this.#told.tell(event);
      this.#at = { epoch: event.epoch, seq: event.seq };
      return [event];
    }
    this.#at = news.at;
    if (news.type === 'checkpoint') {
      this.#told = new ToldView(news.told);
      return [];
    }
    const time = new Date(this.#clock.now()).toISOString();
    return [{ type: 'lagged', missed: news.missed, ...news.at, time }];
  }

  #wakeWaiters(): void {
    for (const wake of this.#onRead.splice(0)) wake();
  }

  #end(): void {
    this.#isOver = true;
    this.#reader.close();
    this.#wakeWaiters();
  }
}

import { followJournal } from '../src/journal/follow-journal.js';
import { JournalReader, type JournalNews, type Position } from '../src/journal/journal-reader.js';
import type { Clock } from '../src/session/clock.js';
import type { LifecycleEvent } from '../src/session/event.js';
import { DirectoryWaker } from '../src/store/directory-waker.js';

export interface JournalEventsOptions {
  directory: string;
  position: Position | null;
  clock: Clock;
  /** Aborted when the journal is to be read to its end, and no further. */
  untilEnd: AbortSignal;
  /** Ends it at once. */
  signal: AbortSignal;
}

/** The events in a journal from a position on. A slow reader loses nothing but what is pruned before it comes to it. */
export async function* journalEvents({
  directory,
  position,
  clock,
  untilEnd,
  signal,
}: JournalEventsOptions): AsyncGenerator<LifecycleEvent, void, undefined> {
  const reader = new JournalReader(directory, position);
  const waker = new DirectoryWaker(directory);
  const ends = [untilEnd, signal];
  for (const end of ends) {
    end.addEventListener('abort', waker.stop);
    if (end.aborted) waker.stop();
  }
  try {
    for await (const news of followJournal(reader, waker)) {
      for (const one of news) {
        if (signal.aborted) return;
        const event = eventOf(one, clock);
        if (event) yield event;
      }
    }
  } finally {
    for (const end of ends) end.removeEventListener('abort', waker.stop);
    waker.stop();
    reader.close();
  }
}

function eventOf(news: JournalNews, clock: Clock): LifecycleEvent | null {
  if (news.type === 'event') return news.event;
  if (news.type === 'checkpoint') return null;
  return { type: 'lagged', missed: news.missed, ...news.at, time: new Date(clock.now()).toISOString() };
}

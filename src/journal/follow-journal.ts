import type { JournalNews, JournalReader } from './journal-reader.js';
import type { DirectoryWaker } from '../store/directory-waker.js';

/** What a journal says from where its reader stands, as it comes; ends at its end once the waker is stopped. */
export async function* followJournal(
  reader: JournalReader,
  waker: DirectoryWaker,
): AsyncGenerator<JournalNews[], void, undefined> {
  for (;;) {
    const isLast = waker.isStopped;
    for (let news = reader.read(); news.length > 0; news = reader.read()) yield news;
    if (isLast) return;
    await waker.wait();
  }
}

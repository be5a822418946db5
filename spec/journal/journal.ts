import { readdirSync } from 'node:fs';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { HandClock } from '../../fixtures/fakes/hand-clock.js';
import { JournalReader, type JournalNews, type Position } from '../../src/journal/journal-reader.js';
import { JournalWriter, type JournalWriterOptions } from '../../src/journal/journal-writer.js';
import { journalDirectory } from '../../src/journal/segments.js';
import type { EventBody, LifecycleEvent } from '../../src/session/event.js';

/** The journal of a home of a spec file's own. */
export class TestJournal {
  readonly root = new TemporaryDirectory();
  readonly clock = new HandClock();
  home = '';
  #epochs = 0;

  /** Begins with a home in which there is nothing. */
  renew(): void {
    this.home = this.root.fresh('home');
  }

  get directory(): string {
    return journalDirectory(this.home);
  }

  /** The files that lie in the journal. */
  get files(): string[] {
    return readdirSync(this.directory).sort();
  }

  /** Opens it as the next life of a loop: `life-1`, `life-2` and so on. */
  open(options: Partial<JournalWriterOptions> = {}): Promise<JournalWriter> {
    this.#epochs += 1;
    return JournalWriter.open({
      home: this.home,
      epoch: `life-${this.#epochs}`,
      clock: this.clock,
      ...options,
    });
  }

  reader(position: Position | null = null): JournalReader {
    return new JournalReader(this.directory, position);
  }
}

/** Appends, and takes into account what was appended, as a loop does. */
export function tell(writer: JournalWriter, ...bodies: EventBody[]): LifecycleEvent[] {
  const events = writer.append(bodies);
  for (const event of events) writer.told.tell(event);
  return events;
}

/** All that there is to read, in a few words. */
export function readAll(reader: JournalReader): string[] {
  const all: string[] = [];
  for (let news = reader.read(); news.length > 0; news = reader.read()) all.push(...news.map(say));
  return all;
}

function say(news: JournalNews): string {
  if (news.type === 'gap') return `gap of ${news.missed} up to ${news.at.seq}`;
  if (news.type === 'checkpoint') return `checkpoint at ${news.at.seq}`;
  return `${news.event.seq} ${'sessionId' in news.event ? (news.event.sessionId ?? '') : news.event.type}`;
}

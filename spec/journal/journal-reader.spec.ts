import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { spawned } from '../../fixtures/events.js';
import { ExpiredCursorError } from '../../src/journal/errors.js';
import { findEnd, findMoment, findPlace } from '../../src/journal/find-place.js';
import { followJournal } from '../../src/journal/follow-journal.js';
import { DirectoryWaker } from '../../src/store/directory-waker.js';
import { readAll, tell, TestJournal } from './journal.js';

const journal = new TestJournal();
beforeEach(() => journal.renew());
afterAll(() => journal.root.remove());

describe('JournalReader', () => {
  it('reads what is appended, also across segments, each event once and in order', async () => {
    const writer = await journal.open({ limits: { segmentBytes: 300 } });
    const reader = journal.reader();
    const seen: string[] = [];
    for (let count = 1; count <= 30; count += 1) {
      tell(writer, spawned(`s-${count}`));
      if (count % 7 === 0) seen.push(...readAll(reader));
    }
    seen.push(...readAll(reader));
    writer.close();
    reader.close();
    expect(journal.files.length).toBeGreaterThan(3);
    expect(seen.filter((line) => !line.startsWith('checkpoint'))).toEqual(
      Array.from({ length: 30 }, (_, index) => `${index + 1} s-${index + 1}`),
    );
  });

  it('waits before the first segment', async () => {
    const reader = journal.reader();
    expect([readAll(reader), reader.at]).toEqual([[], null]);
    const writer = await journal.open();
    tell(writer, spawned('a'));
    expect([readAll(reader), reader.at]).toEqual([['checkpoint at 0', '1 a'], writer.at]);
    writer.close();
    reader.close();
  });

  it('reads lines that are longer than what it reads at once', async () => {
    const writer = await journal.open({ limits: { segmentBytes: 100 } });
    tell(writer, ...Array.from({ length: 4_000 }, (_, index) => spawned(`a-rather-long-name-${index}`)));
    tell(writer, spawned('last'));
    writer.close();
    const reader = journal.reader(findPlace(journal.directory, { ...writer.at, seq: 3_999 }));
    expect(readAll(reader)).toEqual(['4000 a-rather-long-name-3999', 'checkpoint at 4000', '4001 last']);
    reader.close();
  });

  it('says how many events were pruned before it could read them', async () => {
    const writer = await journal.open({ limits: { segmentBytes: 300 } });
    const reader = journal.reader();
    tell(writer, spawned('a'), spawned('b'), spawned('c'));
    expect(readAll(reader)).toHaveLength(4);
    for (let count = 4; count <= 12; count += 1) tell(writer, spawned(`s-${count}`));
    const [, ...later] = journal.files;
    for (const name of later.slice(0, -1)) unlinkSync(join(journal.directory, name));
    const [gap, checkpoint, ...events] = readAll(reader);
    const from = Number(/\d+/.exec(later.at(-1)!)![0]);
    expect([gap, checkpoint]).toEqual([`gap of ${from - 3} up to ${from}`, `checkpoint at ${from}`]);
    expect(3 + (from - 3) + events.length).toBe(12);
    writer.close();
    reader.close();
  });
});

describe('a place in the journal', () => {
  it('is found after each event that is kept, and before the first', async () => {
    const writer = await journal.open({ limits: { segmentBytes: 300 } });
    const start = writer.at;
    const events = Array.from({ length: 12 }, (_, index) => tell(writer, spawned(`s-${index + 1}`))[0]!);
    writer.close();
    for (const place of [start, ...events]) {
      const reader = journal.reader(findPlace(journal.directory, place));
      const seen = readAll(reader).filter((line) => !line.startsWith('checkpoint'));
      expect(seen).toEqual(events.slice(place.seq).map(({ seq }) => `${seq} s-${seq}`));
      reader.close();
    }
  });

  it('of another life, of the future, or of what was pruned is none', async () => {
    const writer = await journal.open({ limits: { segmentBytes: 300 } });
    for (let count = 1; count <= 9; count += 1) tell(writer, spawned(`s-${count}`));
    const { epoch } = writer.at;
    writer.close();
    unlinkSync(join(journal.directory, journal.files[0]!));
    for (const place of [
      { epoch: 'another', seq: 9 },
      { epoch, seq: 10 },
      { epoch, seq: 1 },
    ]) {
      expect(() => findPlace(journal.directory, place)).toThrow(ExpiredCursorError);
    }
    expect(findPlace(journal.directory, { epoch, seq: 9 }).at.seq).toBe(9);
  });

  it('outlives a life of the loop that told nothing', async () => {
    const first = await journal.open();
    tell(first, spawned('a'));
    const place = first.at;
    first.close();
    (await journal.open()).close();
    expect(findPlace(journal.directory, place).at).toEqual(place);
    expect(findEnd(journal.directory)?.at).toEqual(place);
  });

  it('is found by the time of the first event from then on', async () => {
    const writer = await journal.open({ limits: { segmentBytes: 300 } });
    const startMs = journal.clock.now();
    for (let count = 1; count <= 9; count += 1) {
      tell(writer, spawned(`s-${count}`));
      journal.clock.pass(1_000);
    }
    writer.close();
    const since = (ms: number): string[] =>
      readAll(journal.reader(findMoment(journal.directory, startMs + ms))).filter(
        (line) => !/^check/.test(line),
      );
    expect(since(-5_000)).toHaveLength(9);
    expect(since(7_000)).toEqual(['8 s-8', '9 s-9']);
    expect(since(7_001)).toEqual(['9 s-9']);
    expect(since(60_000)).toEqual([]);
  });
});

describe('followJournal', () => {
  it('gives what another writes as it comes, and ends at the end once it is stopped', async () => {
    const writer = await journal.open();
    const waker = new DirectoryWaker(journal.directory);
    const seen: string[] = [];
    const following = (async () => {
      for await (const news of followJournal(journal.reader(), waker)) {
        for (const one of news) {
          if (one.type !== 'event') continue;
          seen.push(`${one.event.seq}`);
          if (one.event.seq < 5) tell(writer, spawned(`s-${one.event.seq}`));
          else waker.stop();
        }
      }
    })();
    tell(writer, spawned('first'));
    await following;
    writer.close();
    expect(seen).toEqual(['1', '2', '3', '4', '5']);
  });
});

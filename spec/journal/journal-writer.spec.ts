import {
  appendFileSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import type nodeFs from 'node:fs';
import { join } from 'node:path';
import { removed, spawned } from '../../fixtures/events.js';
import { JournalError } from '../../src/journal/errors.js';
import { readAll, tell, TestJournal } from './journal.js';

const journal = new TestJournal();
beforeEach(() => journal.renew());
afterAll(() => journal.root.remove());

describe('JournalWriter', () => {
  it('numbers and dates events, and has them on disk when append returns', async () => {
    const writer = await journal.open();
    const events = tell(writer, spawned('a'), spawned('b'));
    expect(events.map(({ seq, epoch, time }) => [seq, epoch, time])).toEqual([
      [1, writer.at.epoch, '2026-01-01T12:00:00.000Z'],
      [2, writer.at.epoch, '2026-01-01T12:00:00.000Z'],
    ]);
    const lines = readFileSync(join(journal.directory, journal.files[0]!), 'utf8').split('\n');
    expect(lines.slice(1)).toEqual([...events.map((event) => JSON.stringify(event)), '']);
    writer.close();
  });

  it('is for its owner alone', async () => {
    const writer = await journal.open();
    const modes = [journal.directory, join(journal.directory, journal.files[0]!)].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600]);
    writer.close();
  });

  it('goes on in its next life where it ended, and knows what was told', async () => {
    const first = await journal.open();
    tell(first, spawned('a'), spawned('b'), removed('a'));
    const second = await journal.open();
    expect(second.at).toEqual(first.at);
    expect(second.told.state()).toEqual(first.told.state());
    expect(tell(second, spawned('c')).map(({ seq, epoch }) => [seq, epoch])).toEqual([[4, second.at.epoch]]);
    expect(second.at.epoch).not.toBe(first.at.epoch);
    first.close();
    second.close();
  });

  it('keeps what counts as told although no event says so', async () => {
    const first = await journal.open();
    first.told.watch();
    first.checkpoint();
    const second = await journal.open();
    expect([first.told.isWatched, second.told.isWatched]).toEqual([true, true]);
    first.close();
    second.close();
  });

  it.each([1, 7, 40])(
    'cuts off the last line when a killed process left %i bytes less of it',
    async (bytes) => {
      const first = await journal.open();
      tell(first, spawned('a'), spawned('b'));
      first.close();
      const path = join(journal.directory, journal.files[0]!);
      truncateSync(path, statSync(path).size - bytes);
      const second = await journal.open();
      expect(second.at.seq).toBe(1);
      tell(second, spawned('b'));
      second.close();
      expect(readAll(journal.reader())).toEqual(['checkpoint at 0', '1 a', '2 b']);
    },
  );

  it('cuts off what power left unwritten', async () => {
    const first = await journal.open();
    tell(first, spawned('a'));
    first.close();
    appendFileSync(join(journal.directory, journal.files[0]!), `${'\0'.repeat(300)}\n{"type":"spawned"`);
    const second = await journal.open();
    tell(second, spawned('b'));
    second.close();
    expect(readAll(journal.reader())).toEqual(['checkpoint at 0', '1 a', '2 b']);
  });

  it('falls back to the segment before one of which nothing can be read', async () => {
    const first = await journal.open();
    tell(first, spawned('a'));
    first.close();
    writeFileSync(join(journal.directory, '000000000000001.ndjson'), '\0\0\0');
    const second = await journal.open();
    expect([second.at.seq, journal.files]).toEqual([
      1,
      ['000000000000000.ndjson', '000000000000001.ndjson.damaged'],
    ]);
    second.close();
  });

  it('begins a segment with a checkpoint of all that was told, when one is full', async () => {
    const writer = await journal.open({ limits: { segmentBytes: 500 } });
    for (let count = 0; count < 12; count += 1) tell(writer, spawned(`s-${count}`));
    writer.close();
    expect(journal.files.length).toBeGreaterThan(2);
    const next = await journal.open();
    expect(next.told.state()).toEqual(writer.told.state());
    next.close();
  });

  it('begins a segment when the events of one are old', async () => {
    const limits = { maxAgeMs: 40_000 };
    const first = await journal.open({ limits });
    tell(first, spawned('a'));
    first.close();
    journal.clock.pass(9_000);
    const second = await journal.open({ limits });
    tell(second, spawned('b'));
    expect(journal.files).toHaveLength(1);
    journal.clock.pass(2_000);
    tell(second, spawned('c'));
    second.close();
    expect(journal.files).toEqual(['000000000000000.ndjson', '000000000000002.ndjson']);
  });

  it('removes its oldest segments when it is too large, and never the newest', async () => {
    const limits = { segmentBytes: 400, maxBytes: 2_000 };
    const writer = await journal.open({ limits });
    for (let count = 0; count < 40; count += 1) tell(writer, spawned('a'), removed('a'));
    writer.close();
    const sizes = journal.files.map((name) => statSync(join(journal.directory, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(
      limits.maxBytes + limits.segmentBytes,
    );
    expect(journal.files).not.toContain('000000000000000.ndjson');
    const tiny = await journal.open({ limits: { maxBytes: 1 } });
    expect([journal.files.length, tiny.at]).toEqual([1, writer.at]);
    tiny.close();
  });

  it.each<[string, () => void]>([
    ['its segment', () => rmSync(join(journal.directory, journal.files.at(-1)!))],
    [
      'its segment, by a move',
      () => renameSync(join(journal.directory, journal.files.at(-1)!), join(journal.home, 'x')),
    ],
    ['all of it', () => rmSync(journal.directory, { recursive: true })],
  ])(
    'begins a new segment where somebody removed %s, and no event is lost to who reads along',
    async (_title, act) => {
      const writer = await journal.open();
      const reader = journal.reader();
      tell(writer, spawned('a'));
      const seen = readAll(reader);
      act();
      tell(writer, spawned('b'));
      seen.push(...readAll(reader));
      act();
      writer.putBack();
      tell(writer, spawned('c'));
      seen.push(...readAll(reader));
      expect(journal.files).toEqual(['000000000000002.ndjson']);
      writer.close();
      const next = await journal.open();
      expect([next.at.seq, next.told.state().sessions.length]).toEqual([3, 3]);
      next.close();
      const checkpoints = [0, 1, 2].map((at) => `checkpoint at ${at}`);
      expect(seen).toEqual([checkpoints[0], '1 a', checkpoints[1], '2 b', checkpoints[2], '3 c']);
      reader.close();
    },
  );

  it('puts a removed segment back under its name where nothing was told in it, and who reads along goes on in it', async () => {
    const writer = await journal.open();
    const reader = journal.reader();
    expect(readAll(reader)).toHaveLength(1);
    rmSync(join(journal.directory, journal.files[0]!));
    tell(writer, spawned('a'));
    expect([journal.files.length, readAll(reader).slice(-1)]).toEqual([1, ['1 a']]);
    writer.close();
    reader.close();
  });

  it('says so when it cannot be opened', async () => {
    writeFileSync(journal.root.file('no-directory'), '');
    journal.home = journal.root.file('no-directory');
    await expect(journal.open()).rejects.toThrow(/a part of this path is no directory/);
  });
});

describe('a disk that fills', () => {
  it('leaves whole lines alone, tells which these are, and goes on when there is room', async () => {
    const { writer, fill, free } = await journal
      .open()
      .then((opened) => ({ writer: opened, ...limitWrites() }));
    tell(writer, spawned('a'));
    const length =
      JSON.stringify({ ...spawned('b'), ...writer.at, time: '2026-01-01T12:00:00.000Z' }).length + 1;
    fill(length + 10);
    let failure: unknown;
    try {
      writer.append([spawned('b'), spawned('c')]);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(JournalError);
    expect((failure as JournalError).appended).toMatchObject([{ seq: 2, sessionId: 'b' }]);
    expect((failure as JournalError).message).toContain('the disk is full');
    expect(() => writer.append([spawned('c')])).toThrow(JournalError);
    expect(readFileSync(join(journal.directory, journal.files[0]!), 'utf8')).toMatch(/"seq":2[^\n]*\n$/);
    free();
    expect(tell(writer, spawned('c'))).toMatchObject([{ seq: 3 }]);
    writer.close();
    expect(readAll(journal.reader())).toEqual(['checkpoint at 0', '1 a', '2 b', '3 c']);
  });
});

/** Lets only so many bytes more be written by this process, and then fails as a full disk does. */
function limitWrites(): { fill: (roomBytes: number) => void; free: () => void } {
  const fs = jest.requireActual<typeof nodeFs>('node:fs');
  const writeSync = fs.writeSync.bind(fs) as (
    fd: number,
    bytes: Buffer,
    offset: number,
    length: number,
  ) => number;
  let mock: jest.SpyInstance | null = null;
  return {
    fill: (roomBytes) => {
      let room = roomBytes;
      mock = jest.spyOn(fs, 'writeSync').mockImplementation(((fd: number, bytes: Buffer, offset = 0) => {
        if (room === 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        const written = writeSync(fd, bytes, offset, Math.min(room, bytes.length - offset));
        room -= written;
        return written;
      }) as never);
    },
    free: () => mock?.mockRestore(),
  };
}

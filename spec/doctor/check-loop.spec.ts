import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { checkJournal } from '../../src/doctor/check-journal.js';
import { checkLoop } from '../../src/doctor/check-loop.js';
import { DEFAULT_JOURNAL_LIMITS } from '../../src/journal/journal-limits.js';
import { JournalWriter } from '../../src/journal/journal-writer.js';
import { journalDirectory, listSegments, segmentPath } from '../../src/journal/segments.js';
import { leaseDirectory, leaseLock, pulseFile } from '../../src/lease/lease-layout.js';
import { takeLease, type Taking } from '../../src/lease/take-lease.js';
import { systemClock } from '../../src/process/system-clock.js';
import { formatHolder, newHolder } from '../../src/store/lock-holder.js';
import { aCheckup } from './a-checkup.js';

const directory = new TemporaryDirectory();
let home: string;
beforeEach(() => {
  home = directory.fresh('home');
});
afterAll(() => directory.remove());

describe('the check of the loop', () => {
  const look = async (): Promise<string[]> =>
    (await checkLoop(aCheckup(home))).map(({ state, found }) => `${state}: ${found}`);

  const hold = async (): Promise<Extract<Taking, { type: 'taken' }>['lease']> => {
    const taking = await takeLease(home);
    if (taking.type !== 'taken') throw new Error('somebody holds it');
    return taking.lease;
  };

  it('finds nobody, or who runs it', async () => {
    expect(await look()).toEqual(['ok: no process runs it: vitals events does']);
    const lease = await hold();
    lease.beginPulse(1_000).beat();
    expect(await look()).toEqual([
      expect.stringMatching(`^ok: process ${process.pid} .* runs the loop; its last pass ended \\d s ago`),
    ]);
    await lease.release();
    expect(await look()).toEqual(['ok: no process runs it: vitals events does']);
  });

  it('warns of one whose passes do not end', async () => {
    const lease = await hold();
    lease.beginPulse(1_000);
    utimesSync(pulseFile(home), new Date(), new Date(Date.now() - 60_000));
    const [finding] = await checkLoop(aCheckup(home));
    expect(finding).toMatchObject({
      ...{ state: 'warning', cure: `look at process ${process.pid}: end it if it hangs` },
      found: expect.stringMatching(/has ended no pass for 60 s$/) as string,
    });
    await lease.release();
  });

  const putHolder = (change: object): void => {
    mkdirSync(leaseDirectory(home), { recursive: true });
    symlinkSync(formatHolder({ ...newHolder(), ...change }), leaseLock(home));
  };

  it('warns of one that was killed', async () => {
    const { pid } = spawnSync('true');
    putHolder({ pid });
    expect(await look()).toEqual([
      expect.stringMatching(`^warning: process ${pid} .* ran it and was killed: nobody does now$`),
    ]);
  });

  it('warns of one of another machine, which can not be told from here', async () => {
    putHolder({ host: 'elsewhere' });
    expect(await look()).toEqual([
      expect.stringMatching(/^warning: .*as far as can be told: process \d+ is on another machine$/),
    ]);
  });

  it('finds a lease that is none broken', async () => {
    mkdirSync(leaseDirectory(home), { recursive: true });
    writeFileSync(leaseLock(home), '');
    expect(await look()).toEqual([expect.stringMatching(/^broken: .* is no lock of this version/)]);
  });
});

describe('the check of the journal', () => {
  const look = (): string[] => checkJournal(aCheckup(home)).map(({ state, found }) => `${state}: ${found}`);

  it('finds how large it is, and its last cursor', async () => {
    expect(look()).toEqual(['ok: nothing was told yet']);
    const writer = await JournalWriter.open({ home, epoch: 'life', clock: systemClock });
    writer.append([{ type: 'session_removed', sessionId: 'api', projectId: 'shop' }]);
    writer.close();
    expect(look()).toEqual(['ok: 1 MiB of at most 64 MiB; the last cursor is life:1']);
  });

  it('warns of one that nobody has pruned', async () => {
    const writer = await JournalWriter.open({ home, epoch: 'life', clock: systemClock });
    writer.append([{ type: 'session_removed', sessionId: 'api', projectId: 'shop' }]);
    writer.close();
    // A hole of a file: it takes no room, and comes before what is read.
    const [newest] = listSegments(journalDirectory(home));
    renameSync(newest!.path, segmentPath(journalDirectory(home), 9));
    writeFileSync(segmentPath(journalDirectory(home), 1), '');
    truncateSync(segmentPath(journalDirectory(home), 1), 2 * DEFAULT_JOURNAL_LIMITS.maxBytes);
    expect(checkJournal(aCheckup(home))).toMatchObject([
      { state: 'warning', found: '129 MiB of at most 64 MiB: nobody has pruned it' },
    ]);
  });

  it('finds one that can not be read broken', () => {
    mkdirSync(journalDirectory(home), { recursive: true });
    writeFileSync(segmentPath(journalDirectory(home), 0), 'nonsense\n');
    expect(checkJournal(aCheckup(home))).toEqual([
      {
        ...{ check: 'journal', state: 'broken' },
        found: `nothing in ${journalDirectory(home)} can be read`,
        cure: 'move its files away: the next loop begins a new one',
      },
    ]);
  });
});

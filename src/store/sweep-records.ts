import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Session } from '../session/session.js';
import type { Snapshot, UnreadableFile } from '../session/snapshot.js';
import type { HomeLayout } from './home-layout.js';
import { isStillKnown, readKnownFile, type KnownFile, type KnownRecord } from './known-file.js';
import { listRecords } from './list-records.js';
import { sortRecords } from './sort-records.js';

/** How many files are looked at before the rest of the program has its turn: a millisecond's worth, if none changed. */
const FILES_A_TURN = 250;

/** What a sweep found, by path, and what it comes to. */
export interface Swept {
  files: ReadonlyMap<string, KnownFile>;
  records: readonly KnownRecord[];
  sessions: readonly Readonly<Session>[];
  unreadable: readonly UnreadableFile[];
}

/** What is known before the first sweep. */
export const NOTHING_SWEPT: Swept = { files: new Map(), records: [], sessions: [], unreadable: [] };

/**
 * Asks the disk about every file of a home, and opens those that may have changed since the sweep `before`. A file that is
 * gone by the time it is opened is no part of it.
 */
export async function sweepRecords(
  layout: HomeLayout,
  before: Swept,
): Promise<{ swept: Swept; snapshot: Snapshot }> {
  const { places, unreadable: strangers } = await listRecords(layout, {
    findPlace: (path) => before.files.get(path)?.place,
  });
  const files = new Map<string, KnownFile>();
  let isSame = true;
  for (const [index, place] of places.entries()) {
    if (index % FILES_A_TURN === FILES_A_TURN - 1) await nextTurn();
    const was = before.files.get(place.path);
    const file = was && isStillKnown(was) ? was : readKnownFile(place);
    if (file) files.set(place.path, file);
    isSame &&= file === was;
  }
  const swept = isSame && files.size === before.files.size ? before : sumUp(files, before.records);
  const unreadable = [...swept.unreadable, ...strangers].sort(comparePaths);
  return { swept, snapshot: { sessions: swept.sessions, unreadable } };
}

function sumUp(files: ReadonlyMap<string, KnownFile>, before: readonly KnownRecord[]): Swept {
  const records = sortRecords(files, before);
  return {
    files,
    records,
    sessions: Object.freeze(records.map(({ session }) => session)),
    unreadable: [...files.values()].flatMap((file) => (file.type === 'unreadable' ? [file.file] : [])),
  };
}

const comparePaths = ({ path: one }: UnreadableFile, { path: other }: UnreadableFile): number =>
  one < other ? -1 : Number(one > other);

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Snapshot, UnreadableFile } from '../session/snapshot.js';
import type { HomeLayout } from './home-layout.js';
import { isStillKnown, readKnownFile, type KnownFile, type KnownRecord } from './known-file.js';
import { listRecords } from './list-records.js';
import { sortRecords } from './sort-records.js';

/** How many files are looked at before the rest of the program has its turn: a millisecond's worth, if none changed. */
const FILES_A_TURN = 250;

/** What a sweep found, by path, and the snapshot that it comes to. */
export interface Swept {
  files: ReadonlyMap<string, KnownFile>;
  records: readonly KnownRecord[];
  /** What lies among the records and can be none, by its name alone. */
  strangers: readonly UnreadableFile[];
  snapshot: Snapshot;
}

/** What is known before the first sweep. */
export const NOTHING_SWEPT: Swept = {
  files: new Map(),
  records: [],
  strangers: [],
  snapshot: { sessions: [], unreadable: [] },
};

/**
 * Asks the disk about every file of a home, and opens those that may have changed since the sweep `before`, which is the
 * answer itself if none did. A file that is gone by the time it is opened is no part of it.
 */
export async function sweepRecords(layout: HomeLayout, before: Swept): Promise<Swept> {
  const { places, unreadable: strangers } = await listRecords(layout, {
    findPlace: (path) => before.files.get(path)?.place,
  });
  const files: KnownFile[] = [];
  let isSame = places.length === before.files.size && areSame(strangers, before.strangers);
  for (const [index, place] of places.entries()) {
    if (index % FILES_A_TURN === FILES_A_TURN - 1) await nextTurn();
    const was = before.files.get(place.path);
    const file = was && isStillKnown(was) ? was : readKnownFile(place);
    if (file) files.push(file);
    isSame &&= file === was;
  }
  return isSame ? before : sumUp(files, strangers, before);
}

function sumUp(found: readonly KnownFile[], strangers: readonly UnreadableFile[], before: Swept): Swept {
  const files = new Map(found.map((file) => [file.place.path, file]));
  const records = sortRecords(files, before.records);
  const unreadable = found.flatMap((file) => (file.type === 'unreadable' ? [file.file] : []));
  return {
    files,
    records,
    strangers,
    snapshot: {
      sessions: Object.freeze(records.map(({ session }) => session)),
      unreadable: Object.freeze([...unreadable, ...strangers].sort(comparePaths)),
    },
  };
}

const areSame = (some: readonly UnreadableFile[], others: readonly UnreadableFile[]): boolean =>
  some.length === others.length &&
  some.every(({ path, fingerprint, message }, index) => {
    const other = others[index];
    return other?.path === path && other.fingerprint === fingerprint && other.message === message;
  });

const comparePaths = ({ path: one }: UnreadableFile, { path: other }: UnreadableFile): number =>
  one < other ? -1 : Number(one > other);

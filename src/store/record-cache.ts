import type { Snapshot } from '../session/snapshot.js';
import type { HomeLayout } from './home-layout.js';
import { NOTHING_SWEPT, sweepRecords } from './sweep-records.js';

/** What was read of each record, kept between snapshots. To drop it at any moment changes nothing but the next one's cost. */
export class RecordCache {
  #swept = NOTHING_SWEPT;

  /** Reads all records of a home, from the disk where they may have changed. */
  async readSnapshot(layout: HomeLayout): Promise<Snapshot> {
    this.#swept = await sweepRecords(layout, this.#swept);
    return this.#swept.snapshot;
  }

  drop(): void {
    this.#swept = NOTHING_SWEPT;
  }
}

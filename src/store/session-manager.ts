import { resolve } from 'node:path';
import { systemClock } from '../process/system-clock.js';
import type { Clock } from '../session/clock.js';
import { sessionKey, type SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import type { Snapshot } from '../session/snapshot.js';
import { UnknownSessionError, type StoreError } from './errors.js';
import { getRecord } from './get-record.js';
import { HomeLayout } from './home-layout.js';
import { listRecords } from './list-records.js';
import { archiveRecord, removeRecord } from './move-record.js';
import { RecordCache } from './record-cache.js';
import { OwnWrites } from './own-writes.js';
import { readSnapshot } from './read-snapshot.js';
import { withRecordLock } from './record-lock.js';
import { resolvePrefix } from './resolve-prefix.js';
import { saveRecord } from './save-record.js';
import { removeTemporaries } from './temporaries.js';
import { watchRecords } from './watch-records.js';

export interface WatchOptions {
  onChange: () => void;
  /** A directory can't be watched, or not any more. */
  onError: (error: StoreError) => void;
  /** Whose own writes are no news, as in `writtenBy`. */
  ignore: string;
}

/** The records of one home. Whatever fails is a `StoreError`. */
export class SessionManager {
  /** The absolute directory that everything lies in. */
  readonly home: string;
  readonly layout: HomeLayout;
  readonly #cache = new RecordCache();
  readonly #own = new OwnWrites();
  readonly #clock: Clock;

  constructor({ home, clock = systemClock }: { home: string; clock?: Clock }) {
    this.home = resolve(home);
    this.layout = new HomeLayout(this.home);
    this.#clock = clock;
  }

  /** All sessions, newest first, and what could not be read as one. It rejects if the disk could not be asked. */
  list(): Promise<Snapshot> {
    return readSnapshot(this.layout, this.#cache);
  }

  /** The session of a key; null if there is none. A bad file is a `SessionUnreadableError`. */
  async get(key: SessionKey): Promise<Session | null> {
    return getRecord(this.layout, key);
  }

  /**
   * The session whose id or `PROJECT/ID` this is, or the only one whose begins so; else an `UnknownSessionError` or an
   * `AmbiguousSessionError`.
   */
  async findByPrefix(text: string): Promise<Session> {
    const { places } = await listRecords(this.layout);
    const key = resolvePrefix(
      text,
      places.map((place) => place.key),
    );
    const session = await this.get(key);
    if (!session) throw new UnknownSessionError(text);
    return session;
  }

  /**
   * Writes a session and returns it as it is on disk now: its `rev` one higher. A session of rev 0 is a new one. If
   * someone else changed the record since this session was read, it is a `SessionConflictError` and nothing is written.
   */
  async save(session: Session, { writtenBy = 'api' }: { writtenBy?: string } = {}): Promise<Session> {
    return this.#change(sessionKey(session), () =>
      saveRecord(this.layout, session, {
        writtenBy,
        now: this.#clock.now(),
        onWritten: (stats) => this.#own.note(this.layout.sessionFile(sessionKey(session)), stats, writtenBy),
      }),
    );
  }

  /** Removes a session's record for good. */
  async remove(key: SessionKey): Promise<void> {
    await this.#change(key, () => removeRecord(this.layout, key));
  }

  /** Moves a session's record to the home's archive, where nothing lists it. */
  async archive(key: SessionKey): Promise<void> {
    await this.#change(key, () => archiveRecord(this.layout, key, { now: this.#clock.now() }));
  }

  /**
   * Calls `onChange` whenever a record may have come, changed or gone, but for what `ignore` wrote through this manager;
   * returns how to stop. A hint only: it may come late, twice or not at all.
   */
  watch({ onChange, onError, ignore }: WatchOptions): () => void {
    return watchRecords(this.layout, {
      onChange: (path) => {
        this.#own.isEcho(path, ignore).then((isEcho) => {
          if (!isEcho) onChange();
        }, onError);
      },
      onError,
    });
  }

  async #change<Result>(key: SessionKey, change: () => Promise<Result>): Promise<Result> {
    return withRecordLock(this.layout, key, async ({ isTakenOver }) => {
      if (isTakenOver) await removeTemporaries(this.layout.sessionFile(key));
      return change();
    });
  }
}

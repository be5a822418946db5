import { resolve } from 'node:path';
import { systemClock } from '../process/system-clock.js';
import type { Clock } from '../session/clock.js';
import { sessionKey, type SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import type { Snapshot } from '../session/snapshot.js';
import { StoreError, UnknownSessionError } from './errors.js';
import { findCompanions } from './find-companions.js';
import { getRecord } from './get-record.js';
import { HomeLayout } from './home-layout.js';
import { listRecords } from './list-records.js';
import { archiveRecord, removeRecord } from './move-record.js';
import { RecordCache } from './record-cache.js';
import { OwnWrites } from './own-writes.js';
import { withRecordLock } from './record-lock.js';
import { resolvePrefix } from './resolve-prefix.js';
import { saveRecord } from './save-record.js';
import { removeTemporaries } from './temporaries.js';
import { tidyHome } from './tidy-home.js';
import { watchRecords } from './watch-records.js';

/** Which home it is, and who hears of what could not be tidied. */
export interface SessionManagerOptions {
  home: string;
  clock?: Clock;
  /** What killed writers left could not be cleared away; a warning of Node's, unless told. */
  onWarning?: (error: StoreError) => void;
}

/** Who hears that records may have changed. */
export interface WatchOptions {
  /** A record may have come, changed or gone. */
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
  readonly #onWarning: (error: StoreError) => void;
  #firstTidying: Promise<void> | null = null;

  constructor({ home, clock = systemClock, onWarning = warn }: SessionManagerOptions) {
    this.home = resolve(home);
    this.layout = new HomeLayout(this.home);
    this.#clock = clock;
    this.#onWarning = onWarning;
  }

  /**
   * All sessions, newest first, and what could not be read as one. It rejects if the disk could not be asked. Every call
   * asks the disk about every file, but opens only those that changed; so the sessions are shared, and frozen: change a
   * copy (`{ ...session }`). The first call also clears away what killed writers left.
   */
  async list(): Promise<Snapshot> {
    this.#firstTidying ??= this.#tidyIfAllowed();
    await this.#firstTidying;
    return this.#cache.readSnapshot(this.layout);
  }

  /** Forgets what `list` keeps in memory. That changes nothing but what its next call costs. */
  dropCache(): void {
    this.#cache.drop();
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
    return this.#change(sessionKey(session), () => this.#write(session, writtenBy));
  }

  /**
   * Changes a session as it is on disk by then, with nobody else who uses this store in between, and returns it as it is on
   * disk now; `change` returns null to leave it. One that is edited at that very moment is a `SessionConflictError`.
   */
  async update(
    key: SessionKey,
    change: (session: Session) => Session | null,
    { writtenBy = 'api' }: { writtenBy?: string } = {},
  ): Promise<Session> {
    return this.#change(key, async () => {
      const session = await getRecord(this.layout, key);
      if (!session) throw new UnknownSessionError(key);
      const next = change(session);
      const { projectId, id } = session;
      return next ? this.#write({ ...next, projectId, id }, writtenBy) : session;
    });
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
   * Moves a session's record to the home's archive, with what its program and its agent left in the home, if by then it is
   * still one that `isWanted`; whether it was.
   */
  async archiveIf(key: SessionKey, isWanted: (session: Session) => boolean): Promise<boolean> {
    return this.#change(key, async () => {
      const session = await getRecord(this.layout, key);
      if (!session || !isWanted(session)) return false;
      const companions = findCompanions(this.layout, session);
      await archiveRecord(this.layout, key, { now: this.#clock.now(), companions });
      return true;
    });
  }

  /** Removes what killed writers left behind, where it is proven that they are gone; returns what it removed. */
  async tidy(): Promise<string[]> {
    return tidyHome(this.layout);
  }

  /**
   * Calls `onChange` whenever a record may have come, changed or gone, but for what `ignore` wrote through this manager,
   * and whenever an agent's hook said something new; returns how to stop. A hint only: it may come late, twice or not at all.
   */
  watch({ onChange, onError, ignore }: WatchOptions): () => void {
    const stopRecords = watchRecords(this.layout, {
      onChange: (path) => {
        this.#own.isEcho(path, ignore).then((isEcho) => {
          if (!isEcho) onChange();
        }, onError);
      },
      onError,
    });
    // A hook that only repeats itself changes its note in its place.
    const stopHooks = watchRecords(this.layout, {
      ...{ onChange, onError },
      ...{ root: this.layout.hooksDirectory, hearsChanges: false },
    });
    return () => {
      stopRecords();
      stopHooks();
    };
  }

  #write(session: Session, writtenBy: string): Promise<Session> {
    return saveRecord(this.layout, session, {
      writtenBy,
      now: this.#clock.now(),
      onWritten: (stats) => this.#own.note(this.layout.sessionFile(sessionKey(session)), stats, writtenBy),
    });
  }

  async #tidyIfAllowed(): Promise<void> {
    try {
      await this.tidy();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      // Whoever may only read leaves it to those who write.
      if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code ?? '')) this.#onWarning(error);
    }
  }

  async #change<Result>(key: SessionKey, change: () => Promise<Result>): Promise<Result> {
    return withRecordLock(this.layout, key, async ({ isTakenOver }) => {
      if (isTakenOver) await removeTemporaries(this.layout.sessionFile(key));
      return change();
    });
  }
}

function warn(error: StoreError): void {
  process.emitWarning(error);
}

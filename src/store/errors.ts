import type { SessionKey } from '../session/session-key.js';

/** The records on disk could not be read or written; `code` is the system's error code, `cause` the original error. */
export class StoreError extends Error {
  readonly path: string | null;
  readonly code: string | null;

  constructor(
    message: string,
    { path = null, code = null, cause }: { path?: string | null; code?: string | null; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.path = path;
    this.code = code;
  }
}

/** A text that was given as an id, a project's id or a key is none. */
export class InvalidIdError extends StoreError {
  constructor(what: 'id' | 'project id' | 'key', text: string) {
    const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
    super(
      `${shown} is no ${what}: use up to 64 letters, digits, "_" and "-", beginning with a letter or a digit` +
        (what === 'key' ? ', as PROJECT/ID' : ''),
    );
  }
}

/** No session has this key, id or prefix. */
export class UnknownSessionError extends StoreError {
  constructor(text: string) {
    super(`no session is called ${JSON.stringify(text)}: see them with \`vitals list\``);
  }
}

/** A prefix fits several sessions; `candidates` are their keys. */
export class AmbiguousSessionError extends StoreError {
  constructor(
    text: string,
    readonly candidates: SessionKey[],
  ) {
    const shown = candidates.slice(0, 8).join(', ') + (candidates.length > 8 ? ', …' : '');
    super(
      `${JSON.stringify(text)} fits ${candidates.length} sessions (${shown}): name more of it, as PROJECT/ID`,
    );
  }
}

/** What lies in a session's place is no record that can be read. */
export class SessionUnreadableError extends StoreError {
  constructor(
    readonly key: SessionKey,
    path: string,
    reason: string,
  ) {
    super(`can't read the record of ${key}: ${reason}; mend or remove ${path}`, { path });
  }
}

/** A session that was to be saved is no valid record. */
export class InvalidSessionError extends StoreError {
  constructor(
    readonly key: SessionKey,
    reason: string,
    cause?: unknown,
  ) {
    super(`can't save ${key}: ${reason}`, { cause });
  }
}

/** A session's record would be larger than any that is read; sizes are in bytes. */
export class SessionTooLargeError extends StoreError {
  constructor(
    readonly key: SessionKey,
    readonly sizeBytes: number,
    readonly maxBytes: number,
  ) {
    super(
      `can't save ${key}: its record would take ${sizeBytes} bytes, and at most ${maxBytes} are read; shorten it`,
    );
  }
}

/**
 * A session was changed by someone else since it was read. `expectedRev` is null for one that was to be new, `actual` is
 * who wrote what is on disk, null if it is gone.
 */
export class SessionConflictError extends StoreError {
  constructor(
    readonly key: SessionKey,
    readonly expectedRev: number | null,
    readonly actual: { rev: number; writtenBy: string } | null,
  ) {
    super(`can't save ${key}: ${describeConflict(expectedRev, actual)}`);
  }
}

function describeConflict(expectedRev: number | null, actual: SessionConflictError['actual']): string {
  if (!actual) return 'it was removed since it was read';
  const { rev, writtenBy } = actual;
  if (expectedRev === null) return `it exists already (rev ${rev}, written by ${JSON.stringify(writtenBy)})`;
  return rev === expectedRev
    ? 'it was edited since it was read; read it again'
    : `${JSON.stringify(writtenBy)} wrote rev ${rev} since rev ${expectedRev} was read; read it again`;
}

/** Another process kept a session's record locked for too long. `path` is the lock. */
export class RecordLockedError extends StoreError {
  constructor(path: string, holder: string, waitedMs: number) {
    super(
      `${holder} has kept ${path} for ${Math.round(waitedMs / 1000)} s: ` +
        'end that process, or remove the file if there is no such process on any machine or in any container',
      { path },
    );
  }
}

import type { LifecycleEvent } from '../session/event.js';
import { StoreError } from '../store/errors.js';
import { fileFailure } from '../store/file-failure.js';

/** Events could not be written to the journal; `appended` are those before them that were. */
export class JournalError extends StoreError {
  constructor(
    path: string,
    cause: unknown,
    readonly appended: LifecycleEvent[] = [],
  ) {
    const failure = fileFailure('write', path, cause);
    super(failure.message, { path, code: failure.code, cause });
  }
}

/** A cursor names no place that the journal still knows: it is older, or of another home. */
export class ExpiredCursorError extends StoreError {
  constructor(cursor: string, journal: string) {
    super(
      `the journal ${journal} does not know the cursor ${JSON.stringify(cursor)} (any more): ` +
        'take a snapshot and go on from its cursor: vitals events --snapshot, or --resync',
      { path: journal },
    );
  }
}

/** A text that was given as a cursor is none. */
export class InvalidCursorError extends StoreError {
  constructor(text: string) {
    super(
      `${JSON.stringify(text.slice(0, 80))} is no cursor: take EPOCH:SEQ of an event, or a synced line's cursor`,
    );
  }
}

/** What was given as a cursor file holds something else, and may be somebody's. */
export class ForeignCursorFileError extends StoreError {
  constructor(path: string, text: string) {
    super(
      `${path} is no cursor file, it says ${JSON.stringify(text.slice(0, 80))}: name another, or remove it, and begin with --since`,
      { path },
    );
  }
}

/** A loss of power left a cursor file empty: to begin with now would lose events in silence. */
export class EmptyCursorFileError extends StoreError {
  constructor(path: string) {
    super(
      `the cursor file ${path} is empty, as a loss of power may leave it: remove it, and begin with --since, or say --resync`,
      { path },
    );
  }
}

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

import {
  AmbiguousSessionError,
  ExpiredCursorError,
  ForeignCursorFileError,
  InvalidCursorError,
  InvalidIdError,
  InvalidRequestError,
  messageOf,
  NoHooksError,
  UnknownSessionError,
} from '../../index.js';
import { UsageError } from './usage-error.js';

/** `wait` came to no good end: the time was up, or a session ended another way. */
export const WAIT_TIMED_OUT = 5;
export const WAIT_ENDED_OTHERWISE = 6;

/** `send` and `answer` typed nothing, or typed something that was not taken. */
export const REFUSED = 7;
export const NOT_SUBMITTED = 8;

/** The exit code that tells a script what kind of error it was: 3 no such session, 4 no such place in the events, 2 usage, 1 anything else. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UnknownSessionError) return 3;
  if (error instanceof ExpiredCursorError) return 4;
  return isUsage(error) ? 2 : 1;
}

/** What went wrong and what to do, in one line. */
export function describeError(error: unknown): string {
  return isParsing(error) ? `${messageOf(error)}; see vitals --help` : messageOf(error);
}

const isUsage = (error: unknown): boolean =>
  isParsing(error) ||
  [
    UsageError,
    InvalidCursorError,
    ForeignCursorFileError,
    InvalidIdError,
    AmbiguousSessionError,
    InvalidRequestError,
    NoHooksError,
  ].some((kind) => error instanceof kind);

const isParsing = (error: unknown): boolean => error instanceof Error && error.name === 'YError';

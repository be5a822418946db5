import {
  AmbiguousSessionError,
  InvalidIdError,
  InvalidRequestError,
  messageOf,
  UnknownSessionError,
} from '../index.js';
import { UsageError } from './usage-error.js';

/** The exit code that tells a script what kind of error it was: 3 no such session, 2 usage, 1 anything else. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UnknownSessionError) return 3;
  return isUsage(error) ? 2 : 1;
}

/** What went wrong and what to do, in one line. */
export function describeError(error: unknown): string {
  return isParsing(error) ? `${messageOf(error)}; see vitals --help` : messageOf(error);
}

const isUsage = (error: unknown): boolean =>
  isParsing(error) ||
  [UsageError, InvalidIdError, AmbiguousSessionError, InvalidRequestError].some(
    (kind) => error instanceof kind,
  );

const isParsing = (error: unknown): boolean => error instanceof Error && error.name === 'YError';

import { UsageError } from './usage-error.js';

/** A whole number of at least 1. */
export function parseCount(flag: string, text: unknown): number {
  const count = /^\d+$/.test(String(text)) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new UsageError(`--${flag} takes a whole number of at least 1, not ${JSON.stringify(text)}`);
}

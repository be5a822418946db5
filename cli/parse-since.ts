import { parseDuration } from './parse-duration.js';
import { UsageError } from './usage-error.js';

/** The moment that a text names, in epoch milliseconds: `10m` ago, or an ISO 8601 time. */
export function parseSince(text: unknown, nowMs = Date.now()): number {
  const moment = /^\d{4}-\d\d-\d\d/.test(String(text)) ? Date.parse(String(text)) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  try {
    return nowMs - parseDuration('since', text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(
      `--since takes a time such as 10m or 2026-01-05T09:12:00Z, not ${JSON.stringify(text)}`,
    );
  }
}

import { parseDuration } from './parse-duration.js';
import { UsageError } from './usage-error.js';

const ISO_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** The moment that a text names, in epoch milliseconds: `10m` ago, or an ISO 8601 time. */
export function parseSince(text: unknown, nowMs = Date.now()): number {
  const moment = parseTime(String(text));
  if (!Number.isNaN(moment)) return moment;
  try {
    return nowMs - parseDuration('since', text, { maxMs: Number.MAX_SAFE_INTEGER });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(
      `--since takes a time such as 10m or 2026-01-05T09:12:00Z, not ${JSON.stringify(text)}`,
    );
  }
}

/** NaN if it is none. `Date.parse` alone would take the 30th of February for the 2nd of March, and overlook what follows. */
function parseTime(text: string): number {
  const [, year, month, day] = ISO_TIME.exec(text) ?? [];
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  return isDay ? Date.parse(text.toUpperCase().replace(' ', 'T')) : Number.NaN;
}

import { UsageError } from './usage-error.js';

const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The longest time that a timer of Node's can wait. */
const MAX_MS = 2 ** 31 - 1;

/** Milliseconds of a text such as `500ms`, `10s`, `2m` or `1.5h`. */
export function parseDuration(
  flag: string,
  text: unknown,
  { maxMs = MAX_MS }: { maxMs?: number } = {},
): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(text)) ?? [];
  const durationMs = Math.round(Number(amount) * (UNIT_MS[unit] ?? Number.NaN));
  if (durationMs >= 1 && durationMs <= maxMs) return durationMs;
  throw new UsageError(`--${flag} takes a time such as 500ms, 10s or 2m, not ${JSON.stringify(text)}`);
}

/** The most events at the foot. */
const MAX_NEWS = 8;

/** Lines that are always there: the counts, the heads and the foot. */
const FIXED = 3;

/** How many lines of a terminal go to rows, and how many to the newest events. */
export function planLines(lines: number): { rows: number; news: number } {
  const news = lines < 12 ? 0 : Math.min(MAX_NEWS, Math.floor(lines / 5));
  return { rows: Math.max(1, lines - FIXED - (news > 0 ? news + 1 : 0)), news };
}

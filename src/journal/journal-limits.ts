/** How long events are kept, and how large the journal may get before its oldest segment goes. */
export interface JournalLimits {
  maxBytes: number;
  segmentBytes: number;
  maxAgeMs: number;
}

const DAY_MS = 86_400_000;

/** 64 MiB in segments of 4 MiB, and 30 days. */
export const DEFAULT_JOURNAL_LIMITS: JournalLimits = {
  maxBytes: 64 * 2 ** 20,
  segmentBytes: 4 * 2 ** 20,
  maxAgeMs: 30 * DAY_MS,
};

/** How old the first event of a segment may get before a new one begins: a segment goes as a whole. */
export const segmentAgeMs = ({ maxAgeMs }: JournalLimits): number => maxAgeMs / 4;

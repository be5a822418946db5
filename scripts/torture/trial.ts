/** What a trial works with. */
export interface TrialOptions {
  /** A directory of its own. */
  directory: string;
  /** From 0 to below 1, the same row for the same seed. */
  random: () => number;
  /** Whether to try just as much as tells that the trial still works. */
  isShort: boolean;
}

/** What came of a trial: `losses` are what must not happen, and each of `counts` is a number for the table. */
export type Outcome =
  { type: 'tried'; losses: string[]; counts: Record<string, number> } | { type: 'skipped'; reason: string };

/** One way to be cruel to a home. */
export interface Trial {
  name: string;
  /** What must hold, in a few words. */
  promise: string;
  run: (options: TrialOptions) => Promise<Outcome>;
}

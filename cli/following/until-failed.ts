/** Rejects with a promise, and never resolves: for a race with what may fail before the rest is over. */
export const untilFailed = (promise: Promise<unknown>): Promise<never> =>
  promise.then(() => new Promise<never>(() => undefined));

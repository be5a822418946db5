/** How a program ended: its exit code or the signal that ended it (`SIGKILL`); null is what is not known. */
export interface Exit {
  code: number | null;
  signal: string | null;
}

/** Nothing is known of how it ended. */
export const UNKNOWN_EXIT: Exit = Object.freeze({ code: null, signal: null });

/** Why and how a session ended; `at` is ISO 8601 UTC with ms. */
export interface SessionExit extends Exit {
  reason: string;
  at: string;
}

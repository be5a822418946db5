/** After how long at rest an agent that was `ready` is `idle`: milliseconds. */
export const IDLE_AFTER_MS = 60_000;

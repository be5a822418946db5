/** What the agent inside a session is doing, as far as it can be known. */
export const ACTIVITIES = ['active', 'ready', 'idle', 'waiting_input', 'blocked', 'exited'] as const;

/** One of `ACTIVITIES`. */
export type Activity = (typeof ACTIVITIES)[number];

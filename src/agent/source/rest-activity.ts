/** After how long at rest an agent that was `ready` is `idle`: milliseconds. */
export const IDLE_AFTER_MS = 60_000;

/** What an agent is that has been at rest for so long: age turns `ready` into `idle`, and nothing else. */
export const restActivity = (restMs: number): 'ready' | 'idle' => (restMs < IDLE_AFTER_MS ? 'ready' : 'idle');

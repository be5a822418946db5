/** Where a loop can be killed, from the question to the agent to the last subscriber. */
export const KILL_POINTS = [
  'probing',
  'probed',
  'saving',
  'saved',
  'appending',
  'appended',
  'publishing',
  'published',
] as const;

export type KillPoint = (typeof KILL_POINTS)[number];

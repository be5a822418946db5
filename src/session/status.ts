/** Every status a session can have, in the order of a session's usual life. */
export const STATUSES = [
  'spawning',
  'working',
  'pr_open',
  'ci_failed',
  'review_pending',
  'changes_requested',
  'approved',
  'mergeable',
  'merge_failed',
  'merged',
  'cleanup',
  'needs_input',
  'stuck',
  'errored',
  'killed',
  'idle',
  'done',
  'terminated',
] as const;

/** One of `STATUSES`. */
export type Status = (typeof STATUSES)[number];

const TERMINAL: ReadonlySet<Status> = new Set([
  'killed',
  'terminated',
  'done',
  'cleanup',
  'errored',
  'merged',
]);

const STUCK_ELIGIBLE: ReadonlySet<Status> = new Set([
  'spawning',
  'working',
  'pr_open',
  'ci_failed',
  'review_pending',
  'changes_requested',
  'approved',
  'mergeable',
]);

/** Whether a session of this status has ended: it is never probed again. */
export const isTerminal = (status: Status): boolean => TERMINAL.has(status);

/** Whether an ended session may be brought back: every ended one but a merged one. */
export const isRestorable = (status: Status): boolean => isTerminal(status) && status !== 'merged';

/** Whether silence can make a session of this status `stuck`: waiting for a person is not being stuck. */
export const isStuckEligible = (status: Status): boolean => STUCK_ELIGIBLE.has(status);

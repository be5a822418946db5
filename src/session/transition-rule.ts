import { idleMs, idleness } from './idle-clock.js';
import type { Reading } from './reading.js';
import type { Session } from './session.js';
import { isStuckEligible, isTerminal } from './status.js';
import type { TransitionContext } from './transition-context.js';

/** How long a session may stay without a handle while its program is being started. */
export const SPAWN_GRACE_MS = 60_000;

/** The rows of the transition, in the order in which they are tried; `unchanged` is the rest. */
export const TRANSITION_RULES = [
  'ended_before',
  'still_starting',
  'never_started',
  'outage',
  'not_known',
  'program_gone',
  'agent_gone',
  'waits_for_a_person',
  'has_started',
  'works_again',
  'idle_too_long',
  'unchanged',
] as const;

/** One of `TRANSITION_RULES`. */
export type TransitionRule = (typeof TRANSITION_RULES)[number];

/** The first row that fits: it decides on the status. */
export function findRule(session: Session, reading: Reading, context: TransitionContext): TransitionRule {
  if (isTerminal(session.status)) return 'ended_before';
  switch (reading.type) {
    case 'no_handle':
      return isStarting(session, context.now) ? 'still_starting' : 'never_started';
    case 'unknown':
      return reading.outage ? 'outage' : 'not_known';
    case 'dead':
      return 'program_gone';
    case 'alive':
      return reading.activity === 'exited' ? 'agent_gone' : findLiveRule(session, reading.activity, context);
  }
}

const isStarting = (session: Session, now: number): boolean =>
  session.status === 'spawning' && now - Date.parse(session.createdAt) < SPAWN_GRACE_MS;

function findLiveRule(
  session: Session,
  activity: Session['activity'],
  context: TransitionContext,
): TransitionRule {
  const { status } = session;
  if (activity === 'waiting_input') return 'waits_for_a_person';
  if (status === 'spawning') return 'has_started';
  if (activity === 'active' || activity === 'ready') {
    return status === 'stuck' || status === 'needs_input' ? 'works_again' : 'unchanged';
  }
  return activity !== null && isStuckEligible(status) && isIdleTooLong(session, activity, context)
    ? 'idle_too_long'
    : 'unchanged';
}

function isIdleTooLong(session: Session, activity: Session['activity'], context: TransitionContext): boolean {
  const { since, clock } = idleness(session, activity, context);
  const { stuckAfterMs } = context;
  return since !== null && stuckAfterMs !== undefined && idleMs(since, clock, context) > stuckAfterMs;
}

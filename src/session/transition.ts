import { changes } from './changes.js';
import type { Evidence } from './evidence.js';
import { UNKNOWN_EXIT, type Exit } from './exit.js';
import type { EventBody } from './event.js';
import type { Reading } from './reading.js';
import type { Session } from './session.js';
import { isStuckEligible, isTerminal, type Status } from './status.js';

/** How long a session may stay without a handle while its program is being started. */
export const SPAWN_GRACE_MS = 60_000;

export interface TransitionContext {
  /** Epoch milliseconds. */
  now: number;
  /** How long an idle or blocked session may stay so before it is `stuck`; never, if left out. */
  stuckAfterMs?: number | undefined;
}

/** What a reading makes of a session. `session` is the very one that came in when there is nothing to save. */
export interface Transition {
  session: Session;
  events: EventBody[];
}

/** What a reading makes of a session: pure, and with at most one change of status. */
export function transition(session: Session, reading: Reading, context: TransitionContext): Transition {
  if (isTerminal(session.status)) return nothing(session);
  switch (reading.type) {
    case 'no_handle':
      return isStarting(session, context.now) ? nothing(session) : end(session, 'no_handle', context);
    case 'unknown':
      return reading.outage
        ? nothing(session)
        : { session, events: [probeError(session, reading.evidence.detail, reading.evidence)] };
    case 'dead':
      return end(session, 'runtime_gone', context, reading);
    case 'alive':
      return reading.activity === 'exited'
        ? end(session, 'agent_exited', context, reading)
        : live(session, reading, context);
  }
}

type AliveReading = Extract<Reading, { type: 'alive' }>;

const nothing = (session: Session): Transition => ({ session, events: [] });

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

const isStarting = (session: Session, now: number): boolean =>
  session.status === 'spawning' && now - Date.parse(session.createdAt) < SPAWN_GRACE_MS;

function end(
  session: Session,
  reason: string,
  { now }: TransitionContext,
  reading?: { evidence: Evidence; exit?: Exit; activity?: Session['activity'] },
): Transition {
  const exit = reading?.exit ?? UNKNOWN_EXIT;
  const next: Session = {
    ...session,
    status: endedStatus(exit),
    activity: reading?.activity ?? session.activity,
    evidence: reading?.evidence ?? session.evidence,
    idleSince: null,
    exit: { reason, code: exit.code, signal: exit.signal, at: iso(now) },
  };
  return change(session, next, reading?.evidence);
}

function endedStatus({ code, signal }: Exit): Status {
  if (signal !== null || code === null) return 'killed';
  return code === 0 ? 'done' : 'errored';
}

function live(session: Session, reading: AliveReading, context: TransitionContext): Transition {
  const activity = reading.activity ?? session.activity;
  const idleSince = reading.activity ? idleClock(session, reading.activity, context.now) : session.idleSince;
  const status = liveStatus(session.status, reading.activity, idleSince, context);
  const isSame =
    status === session.status && activity === session.activity && idleSince === session.idleSince;
  const changed = isSame
    ? nothing(session)
    : change(
        session,
        { ...session, status, activity, idleSince, evidence: reading.evidence },
        reading.evidence,
      );
  return reading.failure === undefined
    ? changed
    : { ...changed, events: [...changed.events, probeError(session, reading.failure, reading.evidence)] };
}

function idleClock(session: Session, activity: Session['activity'], now: number): string | null {
  if (activity !== 'idle' && activity !== 'blocked') return null;
  return session.idleSince ?? iso(now);
}

function liveStatus(
  status: Status,
  activity: Session['activity'],
  idleSince: string | null,
  { now, stuckAfterMs }: TransitionContext,
): Status {
  if (activity === 'waiting_input') return 'needs_input';
  if (status === 'spawning') return 'working';
  if (activity === 'active' || activity === 'ready') {
    return status === 'stuck' || status === 'needs_input' ? 'working' : status;
  }
  const isTooLong =
    activity !== null &&
    idleSince !== null &&
    stuckAfterMs !== undefined &&
    now - Date.parse(idleSince) > stuckAfterMs;
  return isTooLong && isStuckEligible(status) ? 'stuck' : status;
}

const change = (before: Session, after: Session, evidence?: Evidence): Transition => ({
  session: { ...after, writtenBy: 'lifecycle' },
  events: changes(before, after, { by: 'lifecycle', evidence }),
});

const probeError = (session: Session, message: string, evidence: Evidence): EventBody => ({
  type: 'tick_error',
  stage: 'probe',
  message,
  sessionId: session.id,
  projectId: session.projectId,
  evidence,
});

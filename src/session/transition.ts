import { changes } from './changes.js';
import type { Evidence } from './evidence.js';
import { UNKNOWN_EXIT, type Exit } from './exit.js';
import type { EventBody } from './event.js';
import { idleness } from './idle-clock.js';
import type { Reading } from './reading.js';
import type { Session } from './session.js';
import type { Status } from './status.js';
import type { TransitionContext } from './transition-context.js';
import { findRule, type TransitionRule } from './transition-rule.js';

export type { TransitionContext } from './transition-context.js';

/** What a reading makes of a session. `session` is the very one that came in when there is nothing to save. */
export interface Transition {
  session: Session;
  events: EventBody[];
}

/** What a reading makes of a session: pure, and with at most one change of status. */
export function transition(session: Session, reading: Reading, context: TransitionContext): Transition {
  const rule = findRule(session, reading, context);
  if (rule === 'ended_before') return nothing(session);
  switch (reading.type) {
    case 'no_handle':
      return rule === 'still_starting' ? nothing(session) : end(session, 'no_handle', context);
    case 'unknown':
      return rule === 'outage'
        ? nothing(session)
        : { session, events: [probeError(session, reading.evidence.detail, reading.evidence)] };
    case 'dead':
      return end(session, 'runtime_gone', context, reading);
    case 'alive':
      return rule === 'agent_gone'
        ? end(session, 'agent_exited', context, reading)
        : live(session, reading, { rule, context });
  }
}

type AliveReading = Extract<Reading, { type: 'alive' }>;

const nothing = (session: Session): Transition => ({ session, events: [] });

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

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
    ...(session.idleClock && { idleClock: null }),
    exit: { reason, code: exit.code, signal: exit.signal, at: iso(now) },
  };
  return change(session, next, reading?.evidence);
}

function endedStatus({ code, signal }: Exit): Status {
  if (signal !== null || code === null) return 'killed';
  return code === 0 ? 'done' : 'errored';
}

/** Which status a row of the transition leads to, if it leads to another one. */
const LIVE_STATUS: Partial<Record<TransitionRule, Status>> = {
  waits_for_a_person: 'needs_input',
  has_started: 'working',
  works_again: 'working',
  idle_too_long: 'stuck',
};

function live(
  session: Session,
  reading: AliveReading,
  { rule, context }: { rule: TransitionRule; context: TransitionContext },
): Transition {
  const idle = idleness(session, reading.activity, context);
  const { agent, process } = reading.found ?? { agent: session.agent, process: session.agentProcess };
  const next: LivePart = {
    status: LIVE_STATUS[rule] ?? session.status,
    activity: reading.activity ?? session.activity,
    idleSince: idle.since,
    // A record that never had this clock gets none that is null.
    idleClock: idle.clock ?? (session.idleClock ? null : session.idleClock),
    agent,
    agentProcess: process,
    leftAgent: leftAgentOf(session, reading, context),
  };
  const changed = isSame(session, next)
    ? nothing(session)
    : change(session, { ...session, ...next, evidence: reading.evidence }, reading.evidence);
  return reading.failure === undefined
    ? changed
    : { ...changed, events: [...changed.events, probeError(session, reading.failure, reading.evidence)] };
}

/** What a reading of a live session may change, besides its evidence. */
type LivePart = Pick<
  Session,
  'status' | 'activity' | 'idleSince' | 'idleClock' | 'agent' | 'agentProcess' | 'leftAgent'
>;

const isSame = (one: LivePart, other: LivePart): boolean =>
  one.status === other.status &&
  one.activity === other.activity &&
  one.idleSince === other.idleSince &&
  one.idleClock === other.idleClock &&
  one.agent === other.agent &&
  one.agentProcess === other.agentProcess &&
  one.leftAgent === other.leftAgent;

/** The agent that has left a shell by now; none once another one runs there. */
function leftAgentOf(
  session: Session,
  { found }: AliveReading,
  { now }: TransitionContext,
): Session['leftAgent'] {
  if (!found) return session.leftAgent;
  if (found.process === null) return { agent: session.agent, at: iso(now) };
  return session.leftAgent ? null : session.leftAgent;
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

import type { Evidence } from './evidence.js';
import type { Author, EventBody } from './event.js';
import { UNKNOWN_EXIT } from './exit.js';
import type { Session } from './session.js';
import { isTerminal } from './status.js';
import { terminated } from './terminated.js';

/** The events that lead from one state of a session to another, in their fixed order. */
export function changes(
  before: Pick<Session, 'status' | 'activity' | 'leftAgent'>,
  after: Session,
  { by, evidence }: { by: Author; evidence?: Evidence | undefined },
): EventBody[] {
  const about = { sessionId: after.id, projectId: after.projectId, ...(evidence ? { evidence } : {}) };
  const events: EventBody[] = [];
  const left = after.leftAgent;
  if (left && left.at !== before.leftAgent?.at) {
    // Its parent is the shell, which alone is told how it ended.
    events.push({ type: 'agent_exited', ...about, agent: left.agent, exit: UNKNOWN_EXIT, at: left.at });
  }
  if (after.activity !== before.activity) {
    events.push({ type: 'activity_changed', ...about, prev: before.activity, next: after.activity });
  }
  if (after.status !== before.status) {
    events.push({ type: 'status_changed', ...about, from: before.status, to: after.status, by });
  }
  if (isTerminal(after.status) && !isTerminal(before.status)) events.push(terminated(after, evidence));
  return events;
}

import type { LifecycleEvent } from '../../index.js';
import { describeExit } from './describe-exit.js';

/** An event in a few words for people. */
export function describeEvent(event: LifecycleEvent): string {
  switch (event.type) {
    case 'session_restored':
    case 'spawned':
      return `${nameOf(event)}: ${event.type === 'spawned' ? 'spawned' : 'found'}, ${event.status}`;
    case 'activity_changed':
      return `${nameOf(event)}: ${event.prev ?? 'unknown'} to ${event.next ?? 'unknown'}`;
    case 'agent_exited':
      return `${nameOf(event)}: ${event.agent} has ended, and its shell goes on`;
    case 'status_changed':
      return `${nameOf(event)}: ${event.from} to ${event.to}${event.by === 'external' ? ', by hand' : ''}`;
    case 'terminated':
      return `${nameOf(event)}: ended, ${describeExit({ ...event.exit, reason: event.reason })}`;
    case 'session_removed':
      return `${nameOf(event)}: removed`;
    case 'session_unreadable':
      return `${event.path}: ${event.message}`;
    case 'tick_error':
      return `${nameOf(event)}: ${event.stage} failed: ${event.message}`;
    case 'runtime_unavailable':
    case 'runtime_restored':
      return `${event.runtime}: ${event.message}`;
    case 'lagged':
      return `${event.missed} events were missed`;
  }
}

function nameOf({ projectId, sessionId }: { projectId?: string; sessionId?: string }): string {
  if (sessionId === undefined) return 'all sessions';
  return projectId === undefined || projectId === 'default' ? sessionId : `${projectId}/${sessionId}`;
}

import type { LifecycleEvent } from '../../src/session/event.js';

/** An event in a few words. */
export function describeEvent(event: LifecycleEvent): string {
  const about = 'sessionId' in event ? ` ${event.sessionId ?? ''}` : '';
  switch (event.type) {
    case 'status_changed':
      return `${event.type}${about}: ${event.from} to ${event.to} by ${event.by}`;
    case 'terminated':
      return `${event.type}${about}: ${event.reason} ${String(event.exit.code)} ${String(event.exit.signal)}`;
    case 'spawned':
    case 'session_restored':
      return `${event.type}${about}: ${event.status}`;
    default:
      return `${event.type}${about}`;
  }
}

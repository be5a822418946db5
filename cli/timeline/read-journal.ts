import { LifecycleManager, type ControlContext, type LifecycleEvent } from '../../index.js';

/** All events that a home's journal keeps: what a session was before a moment says what it was at that moment. */
export async function readJournal(context: ControlContext): Promise<LifecycleEvent[]> {
  const manager = new LifecycleManager(context);
  const events: LifecycleEvent[] = [];
  try {
    for await (const event of manager.eventsAfter({ sinceMs: 0 }, { follow: false })) events.push(event);
  } finally {
    await manager.stop();
  }
  return events;
}

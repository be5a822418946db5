import type { LifecycleEvent } from '../../src/session/event.js';

/** The event of this number; each is as good as any other. */
export const anEvent = (seq: number): LifecycleEvent => ({
  type: 'session_removed',
  sessionId: `s${seq}`,
  projectId: 'shop',
  seq,
  epoch: 'e',
  time: '2026-01-01T12:00:00.000Z',
});

/** What tells of a gap that ends with the event of this number. */
export const lagged = (missed: number, seq: number): LifecycleEvent => ({
  type: 'lagged',
  missed,
  seq,
  epoch: 'e',
  time: '2026-01-01T12:00:00.000Z',
});

/** An event in short: its number, or the gap before it as `-missed@seq`. */
export const show = (event: LifecycleEvent): string =>
  event.type === 'lagged' ? `-${event.missed}@${event.seq}` : String(event.seq);

/**
 * Checks that a consumer of consecutive events was told of each one exactly once, in their order: either it got the
 * event, or the event is the last of those that a `lagged` counts. Returns the number of the last one accounted for.
 */
export function accountFor(told: readonly LifecycleEvent[]): number {
  let last = 0;
  for (const event of told) {
    last += event.type === 'lagged' ? event.missed : 1;
    expect(event.seq).toBe(last);
  }
  return last;
}

import type { Subscriber, Told } from './subscriber.js';

/** What the law of delivery says that a subscriber should have been told and was not; null if it holds. */
export function findBreach({ kind, from, told, leftAt }: Subscriber, published: number): string | null {
  const isBuffered = kind === 'slow' || kind === 'pulling';
  let accounted = from;
  let before: Told | null = null;
  for (const now of told) {
    const { event } = now;
    accounted += event.type === 'lagged' ? event.missed : 1;
    if (event.seq !== accounted) {
      return `a ${kind} one that came after ${from} is told ${event.type} ${event.seq} where ${accounted} is next`;
    }
    if (event.type === 'lagged' && !isBuffered) return `a ${kind} one lost events`;
    // What is lost while it takes in the notice is another gap.
    const isSplit = before?.event.type === 'lagged' && before.handedOut === now.handedOut;
    if (event.type === 'lagged' && isSplit) return 'one gap is told twice';
    before = now;
  }
  if (before?.event.type === 'lagged' && leftAt === null) return 'nothing comes after a gap';
  // What still waited when a slow one left is nobody's.
  const isDue = leftAt === null || !isBuffered;
  const due = leftAt ?? published;
  return isDue && accounted !== due ? `a ${kind} one has ${accounted - from} of ${due - from} events` : null;
}

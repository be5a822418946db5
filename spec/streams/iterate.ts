import { Subject } from 'rxjs';
import type { LifecycleEvent } from '../../src/session/event.js';
import { EventIterator, type EventIteratorOptions } from '../../streams/event-iterator.js';
import { anEvent } from './lifecycle-events.js';

/** An iterator over events that the test publishes. */
export function iterate(options: EventIteratorOptions = {}): {
  event$: Subject<LifecycleEvent>;
  iterator: EventIterator;
  publish: (...seqs: number[]) => void;
} {
  const event$ = new Subject<LifecycleEvent>();
  const iterator = new EventIterator(event$, options);
  return { event$, iterator, publish: (...seqs) => seqs.forEach((seq) => event$.next(anEvent(seq))) };
}

/** All that an iterator still gives. */
export async function drain(iterator: EventIterator): Promise<LifecycleEvent[]> {
  const told: LifecycleEvent[] = [];
  for await (const event of iterator) told.push(event);
  return told;
}

/** Wants every other event. */
export const isOdd = ({ seq }: LifecycleEvent): boolean => seq % 2 === 1;

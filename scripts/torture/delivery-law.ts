import * as fc from 'fast-check';
import { systemClock } from '../../src/process/system-clock.js';
import { messageOf } from '../../src/session/message-of.js';
import { EventHub } from '../../streams/event-hub.js';
import { MemoryLog } from '../../streams/memory-log.js';
import { findBreach } from './delivery/find-breach.js';
import { KINDS, Subscriber } from './delivery/subscriber.js';
import type { Trial } from './trial.js';

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('publish' as const), count: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('publish' as const), count: fc.constant(300) }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('subscribe' as const), kind: fc.constantFrom(...KINDS) }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('consume' as const), who: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('leave' as const), who: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('turn' as const) }) },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Plays an interleaving to its end; resolves to the first breach of the law, or null. */
async function play(steps: readonly Step[], capacity: number): Promise<string | null> {
  const faults = new Set<unknown>();
  const log = new MemoryLog({ epoch: 'life', clock: systemClock });
  const hub = new EventHub({ onFault: (fault) => faults.add(fault) });
  let isOver = false;
  const publish = (): void => {
    if (isOver) return;
    hub.publish(log.append([{ type: 'session_removed', sessionId: 'a', projectId: 'shop' }]));
  };
  let handedOut = 0;
  hub.event$.subscribe(() => {
    handedOut += 1;
  });
  const subscribers: Subscriber[] = [];
  for (const one of steps) {
    if (one.type === 'publish') for (let left = one.count; left > 0; left -= 1) publish();
    if (one.type === 'subscribe') {
      const options = {
        event$: hub.event$,
        from: log.at.seq,
        capacity,
        publish,
        handedOut: () => handedOut,
      };
      subscribers.push(new Subscriber({ kind: one.kind, ...options }));
    }
    if (one.type === 'consume') subscribers[one.who % subscribers.length]?.consume();
    // Who leaves while events still wait to be handed out has a claim to none of these.
    if (one.type === 'leave') {
      await hub.drained();
      subscribers[one.who % subscribers.length]?.leave(log.at.seq);
    }
    if (one.type === 'turn') await nextTurn();
  }
  isOver = true;
  await hub.close();
  for (const subscriber of subscribers) await subscriber.finish(capacity);
  const thrown = subscribers.filter(({ kind, told }) => kind === 'throwing' && told.length > 0);
  if (faults.size !== thrown.length) return `${thrown.length} threw, and ${faults.size} reports came`;
  return subscribers.map((one) => findBreach(one, log.at.seq)).find((breach) => breach !== null) ?? null;
}

/** Subscribers of every kind come, go, throw, stall and publish, in any order. */
export const deliveryLaw: Trial = {
  name: 'delivery-law',
  promise: 'each subscriber: received + missed = published since it came, in order, one notice for a gap',
  run: async ({ random, isShort }) => {
    const numRuns = isShort ? 500 : 20_000;
    const seed = Math.floor(random() * 2 ** 31);
    const schedule = fc.array(step, { maxLength: 40 });
    const property = fc.asyncProperty(schedule, fc.integer({ min: 1, max: 6 }), async (steps, capacity) => {
      const breach = await play(steps, capacity);
      if (breach !== null) throw new Error(breach);
    });
    const result = await fc.check(property, { numRuns, seed });
    const losses = result.failed
      ? [`seed ${seed}: ${messageOf(result.errorInstance)}: ${JSON.stringify(result.counterexample)}`]
      : [];
    return { type: 'tried', losses, counts: { interleavings: result.numRuns, 'as seed': seed } };
  },
};

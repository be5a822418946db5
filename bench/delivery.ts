import { setImmediate as nextTurn } from 'node:timers/promises';
import { config, Subject, type Observable } from 'rxjs';
import { dropOldest } from '../streams/drop-oldest.js';
import { EventHub, MAX_EVENTS_A_TURN } from '../streams/event-hub.js';
import { EventIterator } from '../streams/event-iterator.js';
import type { EventBody, LifecycleEvent } from '../index.js';
import { table, writeSection } from './write-section.js';

/** How many events go to ten subscribers, and how often each way is timed. */
const EVENTS = 1_000_000;
const ROUNDS = 3;
const GOOD = 8;

/** Made once: what is timed is delivery, not the making of stack traces. */
const FAULT = new Error('a fault of its own');

const body: EventBody = {
  type: 'activity_changed',
  sessionId: 'api-3',
  projectId: 'shop',
  prev: 'active',
  next: 'ready',
};

interface Result {
  ms: number;
  /** What each of the good ones got. */
  received: number[];
  heapGrowthMb: number;
  faults: number;
}

const first: LifecycleEvent = {
  ...body,
  ...{ seq: 0, epoch: 'bench', time: '2026-01-05T09:12:33.017Z' },
};

/** Each is made anew, or whoever holds on to events would hold on to nothing. */
const makeEvent = (seq: number): LifecycleEvent => ({ ...first, seq });

/** Publishes all events, one by one, as a loop does: a turn's worth, and then everything else has its turn. */
async function publishTo(hub: EventHub): Promise<void> {
  for (let seq = 1; seq <= EVENTS; seq += 1) {
    hub.publish([makeEvent(seq)]);
    if (seq % MAX_EVENTS_A_TURN === 0) await nextTurn();
  }
}

/** What the process has worked, on all of its threads: other programs on the machine don't count. */
const workedMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const heapMb = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const catchOwnFault = (): void => {
  try {
    throw FAULT;
  } catch {
    // As the hub does it for whoever does not.
  }
};

const throwFault = (): void => {
  throw FAULT;
};

/** The least that can be done: no queue and no guard. The tenth counts like the others, unless told what else it does. */
async function bareSubject(tenth?: () => void): Promise<Result> {
  const subject$ = new Subject<LifecycleEvent>();
  const received = Array.from({ length: tenth ? GOOD + 1 : GOOD + 2 }, () => 0);
  received.forEach((_, index) =>
    subject$.subscribe(() => void (received[index] = (received[index] ?? 0) + 1)),
  );
  if (tenth) subject$.subscribe(tenth);
  let faults = 0;
  // RxJS reports what is thrown from a timer, where it would end the process.
  config.onUnhandledError = () => (faults += 1);
  const startedMs = workedMs();
  for (let seq = 1; seq <= EVENTS; seq += 1) {
    subject$.next(makeEvent(seq));
    if (tenth === throwFault && seq % MAX_EVENTS_A_TURN === 0) await nextTurn();
  }
  while (tenth === throwFault && faults < EVENTS) await nextTurn();
  const ms = workedMs() - startedMs;
  config.onUnhandledError = null;
  return { ms, received: received.slice(0, GOOD), heapGrowthMb: 0, faults };
}

type Subscribe = (event$: Observable<LifecycleEvent>, count: () => void) => Promise<void>;

/** The hub with eight good subscribers, one that throws at each event (or not), and one that never comes to its second. */
async function throughHub(subscribe: Subscribe, { throws = true } = {}): Promise<Result> {
  let faults = 0;
  const hub = new EventHub({ onFault: () => (faults += 1) });
  hub.event$.subscribe(() => {
    if (throws) throw FAULT;
  });
  hub.event$.pipe(dropOldest({ consume: () => new Promise(() => undefined) })).subscribe();
  const received = Array.from({ length: GOOD }, () => 0);
  const ends = received.map((_, index) =>
    subscribe(hub.event$, () => void (received[index] = (received[index] ?? 0) + 1)),
  );
  const before = heapMb();
  const startedMs = workedMs();
  await publishTo(hub);
  const heapGrowthMb = heapMb() - before;
  await hub.close();
  await Promise.all(ends);
  return { ms: workedMs() - startedMs, received, heapGrowthMb, faults };
}

const push: Subscribe = (event$, count) => {
  event$.subscribe(count);
  return Promise.resolve();
};

const pull: Subscribe = async (event$, count) => {
  for await (const event of new EventIterator(event$)) {
    if (event.type === 'lagged') throw new Error('a good one lagged');
    count();
  }
};

const WAYS = {
  'a bare Subject': () => bareSubject(),
  'a bare Subject, one throws into a catch of its own': () => bareSubject(catchOwnFault),
  'a bare Subject, one throws': () => bareSubject(throwFault),
  '`event$`, nobody throws': () => throughHub(push, { throws: false }),
  '`event$`': () => throughHub(push),
  '`for await`': () => throughHub(pull),
};

const times = new Map<string, number[]>();
const worst = { heapGrowthMb: 0, lost: 0 };
for (const way of Object.values(WAYS)) await way();
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, way] of Object.entries(WAYS)) {
    const result = await way();
    times.set(name, [...(times.get(name) ?? []), result.ms]);
    worst.heapGrowthMb = Math.max(worst.heapGrowthMb, result.heapGrowthMb);
    worst.lost = Math.max(worst.lost, ...result.received.map((count) => EVENTS - count));
  }
}
const median = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
const baseOf = (name: keyof typeof WAYS): number => median(times.get(name) ?? []);
const bare = baseOf('a bare Subject');
const alike = baseOf('a bare Subject, one throws');
const aboutWays = [...times].map(([way, all]) => {
  const ms = median(all);
  return { way, 'cpu ms': ms, 'to a bare Subject': ms / bare, 'to one of whose ten one throws': ms / alike };
});
writeSection({
  heading: `${EVENTS.toLocaleString('en')} events to 10 subscribers, one throwing, one stalled: \`npm run bench:delivery\``,
  text:
    `Processor time, medians of ${ROUNDS} rounds in turn. Heap growth at most ${worst.heapGrowthMb.toFixed(1)} MB` +
    `${globalThis.gc ? '' : ' (without --expose-gc: garbage counts)'}; lost by the other eight: ${worst.lost}. ` +
    `All ten of a bare Subject count, unless its row says what one of them does else.\n\n${table(aboutWays)}`,
});

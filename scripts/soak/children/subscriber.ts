/*
 * Takes part in a home's loop through the library: prints every event after a cursor, out of the journal, while its
 * subscribers come and go. What is told to them out of turn, it prints as a breach.
 */
import { setTimeout as delay } from 'node:timers/promises';
import {
  defaultAgents,
  dropOldest,
  HookFiles,
  LifecycleManager,
  SessionManager,
  type LifecycleEvent,
} from '../../../index.js';

const [home = '', cursor = '', restMs = '500'] = process.argv.slice(2);

const sessions = new SessionManager({ home });
// It may have to run the loop itself, and then hears the hooks.
const agents = defaultAgents({ hooks: new HookFiles({ layout: sessions.layout }) });
const manager = new LifecycleManager({ sessions, agents, pollIntervalMs: 2_000 });
const stopping = new AbortController();

const print = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

/** Checks that what one subscriber gets is in one row: a gap is allowed where it is told. */
function inOrder(who: string): (event: LifecycleEvent) => void {
  let last: number | null = null;
  return (event) => {
    const missed = event.type === 'lagged' ? event.missed : 1;
    if (last !== null && event.seq !== last + missed) {
      print({ type: 'breach', message: `${who}: ${event.seq} after ${last}` });
    }
    last = event.seq;
  };
}

/** Subscribers of each kind, each for a moment. */
async function comeAndGo(): Promise<void> {
  const check = inOrder('a slow subscriber');
  const consume = async (event: LifecycleEvent): Promise<void> => {
    check(event);
    await delay(5);
  };
  const slow = manager.event$.pipe(dropOldest({ capacity: 4, consume })).subscribe();
  for await (const line of manager.snapshotThenEvents()) if (line.type === 'synced') break;
  const leaving = new AbortController();
  const pulling = pull(leaving.signal);
  await delay(Number(restMs));
  leaving.abort();
  await pulling;
  slow.unsubscribe();
  await manager.tick();
}

async function pull(signal: AbortSignal): Promise<void> {
  const check = inOrder('a pulling subscriber');
  for await (const event of manager.events({ capacity: 8, signal })) check(event);
}

async function printAll(): Promise<void> {
  for await (const event of manager.eventsAfter({ cursor })) print(event);
}

process.once('SIGTERM', () => stopping.abort());
manager.event$.subscribe(inOrder('a plain subscriber'));
await manager.start().firstPass;
process.stderr.write(`watching ${home}\n`);
const printing = printAll();
while (!stopping.signal.aborted) await comeAndGo();
await manager.stop();
await printing;

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock, type EventBody, type LifecycleEvent } from '../index.js';
import { JournalWriter } from '../src/journal/journal-writer.js';
import { PassDesk } from '../src/lease/pass-desk.js';
import { takeLease } from '../src/lease/take-lease.js';

/** How many events come while nobody reads, and for how long nobody does. */
const EVENTS = 100_000;
const BATCH = 100;
const STALL_MS = 30_000;

const VITALS = fileURLToPath(new URL('../bin/main.js', import.meta.url));

const home = await mkdtemp(join(tmpdir(), 'vitals-stalled-'));
const taking = await takeLease(home);
if (taking.type === 'held') throw new Error('somebody holds a home that was just made');
const journal = await JournalWriter.open({ home, epoch: 'bench', clock: systemClock });
const report = { sessions: 0, unreadable: 0, error: null };
const desk = await PassDesk.open({
  home,
  onAsked: () => Promise.resolve({ report, at: journal.at }),
  onFailure: (error) => {
    throw error;
  },
});
const reader = spawn(process.execPath, [VITALS, 'events', '--home', home], {
  stdio: ['ignore', 'pipe', 'pipe'],
});
await once(reader.stderr, 'data');

const highWaterMb = (): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${String(reader.pid)}/status`, 'utf8'))?.[1]) / 1024;

const body: EventBody = {
  type: 'activity_changed',
  sessionId: 'api-3',
  projectId: 'shop',
  prev: null,
  next: 'ready',
};
const beforeMb = highWaterMb();
const stalledUntil = performance.now() + STALL_MS;
for (let sent = 0; sent < EVENTS; sent += BATCH) {
  journal.append(Array.from({ length: BATCH }, () => body));
  await delay(1);
}
await delay(Math.max(0, stalledUntil - performance.now()));
const afterMb = highWaterMb();

let [lines, missed, notices, last, broken] = [0, 0, 0, 0, 0];
for await (const line of createInterface({ input: reader.stdout })) {
  const event = JSON.parse(line) as LifecycleEvent;
  if (event.type === 'lagged') [missed, notices] = [missed + event.missed, notices + 1];
  else lines += 1;
  last += event.type === 'lagged' ? event.missed : 1;
  if (event.seq !== last) broken += 1;
  if (last >= EVENTS) break;
}
const ended = once(reader, 'exit');
reader.kill('SIGTERM');
await ended;
await desk.close();
journal.close();
await taking.lease.release();
await rm(home, { recursive: true, force: true });
process.stdout.write(
  `${EVENTS} events behind a reader that stalls for ${STALL_MS / 1_000} s: ${lines} lines + ${missed} missed ` +
    `(${notices} notices) = ${lines + missed}, ${broken} out of place; ` +
    `memory at most ${Math.round(beforeMb)} MB before and ${Math.round(afterMb)} MB behind it\n`,
);
process.exitCode = lines + missed === EVENTS && broken === 0 ? 0 : 1;

// Takes the lease of a home as soon as it can, says so and when, and keeps it; `release` on stdin gives it back.
import { writeSync } from 'node:fs';
import { once } from 'node:events';

const [source, home, pollIntervalMs] = process.argv.slice(2);
const { awaitLease } = await import(`${source}/lease/await-lease.js`);
const lease = await awaitLease(home, {
  signal: new AbortController().signal,
  onStalled: ({ pid }, silentMs) => writeSync(1, `${JSON.stringify({ stalled: pid, silentMs })}\n`),
});
const pulse = lease.beginPulse(pollIntervalMs === undefined ? null : Number(pollIntervalMs));
writeSync(1, `${JSON.stringify({ held: process.pid, atMs: Date.now() })}\n`);
if (pollIntervalMs !== undefined) setInterval(() => pulse.beat(), Number(pollIntervalMs));
await once(process.stdin, 'data');
await lease.release();
process.exit();

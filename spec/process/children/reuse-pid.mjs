// In a pid namespace of its own: ends a process, starts another one with the same pid, and says what becomes of the first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Linux tells the start of a process to the hundredth of a second. */
const TICK_MS = 10;

const [source, program] = process.argv.slice(2);
const { checkProcess, knowProcess } = await import(`${source}/process/check-process.js`);

const first = spawn(program, ['600'], { stdio: 'ignore' });
const known = knowProcess(first.pid);
const exit = once(first, 'exit');
first.kill('SIGKILL');
await exit;
await delay(2 * TICK_MS);
writeFileSync('/proc/sys/kernel/ns_last_pid', String(known.pid - 1));
const second = spawn(program, ['600'], { stdio: 'ignore' });
const answer = {
  isReused: second.pid === known.pid,
  verdict: checkProcess(known),
  other: checkProcess(knowProcess(second.pid)),
};
second.kill('SIGKILL');
process.stdout.write(JSON.stringify({ pid: known.pid, ...answer }));

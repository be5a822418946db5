import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { performance } from 'node:perf_hooks';
import { errorCode } from '../session/error-code.js';

/** The clock ticks of /proc are hundredths of a second on every Linux (USER_HZ). */
const TICK_MS = 10;

/** How long at most a runtime takes to begin after its process was made: milliseconds. */
const MAX_BEGINNING_MS = 10_000;

/**
 * When this process was made, as epoch milliseconds, to 20 ms: by proc_pid_stat(5), field 22, and proc_uptime(5). Where
 * these can't be read, when Node.js began to run in it, which on a busy machine is later by a time that varies.
 */
export function ownStartMs(): number {
  const begunMs = performance.timeOrigin;
  if (platform() !== 'linux') return begunMs;
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const uptimeMs = Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]) * 1_000;
    const nowMs = Date.now();
    const madeMs = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]) * TICK_MS;
    const startMs = nowMs - (uptimeMs - madeMs);
    return startMs <= begunMs && begunMs - startMs < MAX_BEGINNING_MS ? startMs : begunMs;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return begunMs;
  }
}

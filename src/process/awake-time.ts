import { platform } from 'node:os';
import type { AwakeTime } from '../session/clock.js';
import { thisMachine } from './this-machine.js';

/** A longer time between two readings, where the system's timer runs on in its sleep, is taken for such a sleep. */
const LONGEST_WAKE_MS = 5 * 60_000;

const readTimerMs = (): number => Number(process.hrtime.bigint() / 1_000_000n);

/**
 * How long this machine has been awake. Linux says it: Node's timer is CLOCK_MONOTONIC, which stops in suspend
 * (clock_gettime(2)) and counts from the boot on. Elsewhere the timer runs on (libuv's is mach_continuous_time on macOS),
 * so that it is counted here, from reading to reading.
 */
export const readAwakeTime: () => AwakeTime =
  platform() === 'linux'
    ? () => ({ boot: thisMachine().bootId, ms: readTimerMs() })
    : countAwakeTime({ boot: `${process.pid} ${Date.now()}`, readTimerMs });

/** Counts the time between readings, but for the gaps in it. */
export function countAwakeTime({
  boot,
  readTimerMs: read,
}: {
  boot: string;
  readTimerMs: () => number;
}): () => AwakeTime {
  let last = read();
  let ms = 0;
  return () => {
    const next = read();
    if (next - last <= LONGEST_WAKE_MS) ms += next - last;
    last = next;
    return { boot, ms };
  };
}

import { countAwakeTime, readAwakeTime } from '../../src/process/awake-time.js';
import { thisMachine } from '../../src/process/this-machine.js';

describe('the time that a machine has been awake', () => {
  it('is, on Linux, that of this boot, whichever process reads it', () => {
    const before = readAwakeTime();
    const after = readAwakeTime();
    expect(before.boot).toBe(thisMachine().bootId);
    expect(after.ms).toBeGreaterThanOrEqual(before.ms);
    expect(before.ms).toBeGreaterThan(process.uptime() * 1_000);
  });

  it('is, where the timer runs on in a sleep, what passes between readings that are close', () => {
    let timerMs = 1_000_000;
    const read = countAwakeTime({ boot: 'this run', readTimerMs: () => timerMs });
    const after = (ms: number): number => {
      timerMs += ms;
      return read().ms;
    };
    expect([after(10_000), after(10_000), after(8 * 3_600_000), after(10_000)]).toEqual([
      ...[10_000, 20_000, 20_000, 30_000],
    ]);
    expect(read().boot).toBe('this run');
  });
});

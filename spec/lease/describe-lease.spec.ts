import { describeLease } from '../../src/lease/describe-lease.js';
import { newHolder } from '../../src/store/lock-holder.js';

const now = Date.parse('2026-01-01T12:00:00.000Z');
const held = { type: 'held', holder: { ...newHolder(), pid: 7, host: 'ada' }, isStalled: false } as const;

describe('describeLease', () => {
  it.each([
    [{ type: 'free' } as const, 'no process runs the loop: vitals events does'],
    [{ ...held, lastPassAtMs: null }, 'process 7 of the machine ada runs the loop'],
    [
      { ...held, lastPassAtMs: now - 4_200 },
      'process 7 of the machine ada runs the loop; its last pass ended 4 s ago',
    ],
    [
      { ...held, lastPassAtMs: now - 90_000, isStalled: true },
      'process 7 of the machine ada runs the loop, but has ended no pass for 90 s',
    ],
  ])('says of %j: %s', (lease, says) => {
    expect(describeLease(lease, { now })).toBe(says);
  });
});

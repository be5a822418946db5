import * as fc from 'fast-check';
import type { LifecycleEvent } from '../../src/session/event.js';
import { DEFAULT_BUFFER_CAPACITY, LossyBuffer } from '../../streams/lossy-buffer.js';
import { accountFor, anEvent, lagged } from './lifecycle-events.js';

function bufferOf(capacity: number, ...seqs: number[]): LossyBuffer {
  const buffer = new LossyBuffer(capacity);
  for (const seq of seqs) buffer.push(anEvent(seq));
  return buffer;
}

function drain(buffer: LossyBuffer): LifecycleEvent[] {
  const told: LifecycleEvent[] = [];
  for (let event = buffer.shift(); event; event = buffer.shift()) told.push(event);
  return told;
}

describe('LossyBuffer', () => {
  it('holds 1024 events unless told', () => expect(DEFAULT_BUFFER_CAPACITY).toBe(1_024));

  it('has nothing to tell while it is empty', () => expect(new LossyBuffer(2).shift()).toBeNull());

  it('tells the events in their order', () => {
    expect(drain(bufferOf(3, 1, 2, 3))).toEqual([anEvent(1), anEvent(2), anEvent(3)]);
  });

  it('tells of the gap, with the number of the last event lost, before the oldest still held', () => {
    expect(drain(bufferOf(2, 1, 2, 3, 4, 5))).toEqual([lagged(3, 3), anEvent(4), anEvent(5)]);
  });

  it('holds one event if that is its capacity', () => {
    expect(drain(bufferOf(1, 1, 2))).toEqual([lagged(1, 1), anEvent(2)]);
  });

  it('tells of each gap once, and of another one after it', () => {
    const buffer = bufferOf(2, 1, 2, 3);
    const first = buffer.shift();
    buffer.push(anEvent(4));
    expect([first, ...drain(buffer)]).toEqual([lagged(1, 1), lagged(1, 2), anEvent(3), anEvent(4)]);
  });

  it('forgets what waits, gaps included, when it is cleared', () => {
    const buffer = bufferOf(1, 1, 2, 3);
    buffer.clear();
    expect(buffer.shift()).toBeNull();
    buffer.push(anEvent(4));
    expect(drain(buffer)).toEqual([anEvent(4)]);
  });

  it.each([0, -1, 1.5, NaN, Infinity])('cannot have a capacity of %p', (capacity) => {
    expect(() => new LossyBuffer(capacity)).toThrow(RangeError);
  });

  it('accounts for every event, and holds exactly its capacity, whatever comes and goes', () => {
    const schedule = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant('push') }, fc.constant('shift')), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), schedule, (capacity, steps) => {
        const buffer = new LossyBuffer(capacity);
        const told: LifecycleEvent[] = [];
        let pushed = 0;
        for (const step of steps) {
          if (step === 'push') buffer.push(anEvent((pushed += 1)));
          else told.push(...[buffer.shift()].filter((event) => event !== null));
        }
        const before = accountFor(told);
        const left = drain(buffer);
        expect(accountFor([...told, ...left])).toBe(pushed);
        const held = left.filter(({ type }) => type !== 'lagged').length;
        expect(held).toBe(Math.min(capacity, pushed - before));
      }),
      { numRuns: 2_000 },
    );
  });
});

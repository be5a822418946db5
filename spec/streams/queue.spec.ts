import { Queue } from '../../streams/queue.js';

describe('Queue', () => {
  it('gives what came first, also when it was empty in between', () => {
    const queue = new Queue<number>();
    queue.push(1);
    queue.push(2);
    const given = [queue.shift(), queue.shift(), queue.shift()];
    queue.push(3);
    queue.push(4);
    given.push(queue.shift());
    queue.push(5);
    expect([...given, queue.shift(), queue.shift(), queue.shift()]).toEqual([1, 2, null, 3, 4, 5, null]);
  });

  it('is no slower for being long', () => {
    const queue = new Queue<number>();
    for (let value = 0; value < 400_000; value += 1) queue.push(value);
    const { user: beganUs } = process.cpuUsage();
    while (queue.shift() !== null);
    // An array takes seconds.
    expect(process.cpuUsage().user - beganUs).toBeLessThan(2_000_000);
  });
});

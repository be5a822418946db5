import { Recent } from '../../src/agent/recent.js';

describe('Recent', () => {
  it('lets the entry go that was set the longest ago', () => {
    const recent = new Recent<string, number>({ capacity: 2 });
    recent.set('one', 1);
    recent.set('two', 2);
    recent.set('one', 3);
    recent.set('three', 4);
    expect([recent.get('one'), recent.get('two'), recent.get('three')]).toEqual([3, undefined, 4]);
    expect(recent.size).toBe(2);
  });

  it('lets the oldest entries go that are of no use', () => {
    const recent = new Recent<string, number>({ capacity: 9 });
    recent.set('one', 1);
    recent.set('two', 2);
    recent.set('three', 1);
    recent.dropWhile((value) => value < 2);
    expect(recent.values()).toEqual([2, 1]);
  });
});

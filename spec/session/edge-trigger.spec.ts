import { EdgeTrigger } from '../../src/session/edge-trigger.js';

describe('EdgeTrigger', () => {
  it('is news when a condition arises, and not while it lasts', () => {
    const trigger = new EdgeTrigger();
    expect([trigger.raise('a', 'full'), trigger.raise('a', 'full')]).toEqual([true, false]);
  });

  it('is news again when it says something else', () => {
    const trigger = new EdgeTrigger();
    expect(['full', 'gone', 'full', 'full'].map((says) => trigger.raise('a', says))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('is news again after it has cleared', () => {
    const trigger = new EdgeTrigger();
    trigger.raise('a', 'full');
    expect([trigger.clear('a'), trigger.clear('a'), trigger.raise('a', 'full')]).toEqual([true, false, true]);
  });

  it('keeps its scopes apart', () => {
    const trigger = new EdgeTrigger();
    trigger.raise('a', 'full');
    expect([trigger.raise('b', 'full'), trigger.clear('c')]).toEqual([true, false]);
  });

  it('knows what is raised', () => {
    const trigger = new EdgeTrigger();
    trigger.raise('a', '');
    expect([trigger.isRaised('a'), trigger.isRaised('b')]).toEqual([true, false]);
    trigger.clear('a');
    expect(trigger.isRaised('a')).toBe(false);
  });

  it('forgets all scopes but those to be kept', () => {
    const trigger = new EdgeTrigger();
    for (const scope of ['a', 'b', 'c', 'd']) trigger.raise(scope, 'full');
    trigger.keepOnly((scope) => scope === 'b');
    expect(['a', 'b', 'c', 'd'].filter((scope) => trigger.isRaised(scope))).toEqual(['b']);
  });
});

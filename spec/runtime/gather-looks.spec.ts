import { gatherLooks } from '../../src/runtime/gather-looks.js';
import { RuntimeError } from '../../src/runtime/runtime-error.js';

const one = { type: 'fake', pid: 1, place: { host: 'a' } };
const two = { type: 'fake', pid: 2, place: { host: 'a' } };

describe('gathering looks', () => {
  it('looks once at each handle, and answers for it, and for an equal one', async () => {
    const seen: number[] = [];
    const lookOf = await gatherLooks([one, two], ({ pid }) =>
      Promise.resolve(seen.push(pid) && `saw ${pid}`),
    );
    expect([lookOf(two), lookOf(one), lookOf(structuredClone(one))]).toEqual(['saw 2', 'saw 1', 'saw 1']);
    expect(seen).toEqual([1, 2]);
  });

  it('fails for the handle that could not be judged, and for no other', async () => {
    const lookOf = await gatherLooks([one, two], ({ pid }) =>
      pid === 1 ? Promise.reject(new Error('no')) : Promise.resolve(pid),
    );
    expect(() => lookOf(one)).toThrow('no');
    expect(lookOf(two)).toBe(2);
  });

  it('knows nothing of what it did not look at', async () => {
    const lookOf = await gatherLooks([one], () => Promise.resolve(1));
    expect(() => lookOf(two)).toThrow(RuntimeError);
  });
});

import { FakeRuntime } from '../../fixtures/fakes/fake-runtime.js';
import { FakeAgent } from '../../fixtures/fakes/fake-agent.js';
import type { Agent } from '../../src/agent/agent.js';
import type { Runtime, RuntimeView } from '../../src/runtime/runtime.js';
import { begin, fakeSession, nextPass, watchLoop } from './watch-loop.js';

const evidence = { source: 'fake', detail: 'it says so', observedAt: '2026-01-01T12:00:00.000Z' };

/** What no compiler lets through, and what code without types answers all the same. */
const bad = (value: unknown): never => value as never;

/** A runtime that looks like this. */
function answering(view: unknown): Runtime {
  const runtime = new FakeRuntime();
  runtime.observe = () => Promise.resolve(bad(view));
  return runtime;
}

const viewOf = (liveness: unknown): RuntimeView => ({ liveness: () => bad(liveness) });

describe('a runtime that answers what is no answer', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'it is no object'],
    [
      'a view that can not tell',
      { outage: undefined },
      'its field "liveness" is not valid: it must be a function',
    ],
    [
      'an outage without a word',
      { liveness: () => null, outage: {} },
      'its field "outage.message" is not valid',
    ],
  ])('is out when it answers %s; the loop goes on', async (_title, view, why) => {
    const good = new FakeRuntime();
    const runtimes = { fake: answering(view), good };
    const loop = watchLoop([fakeSession('a'), fakeSession('b', { runtime: 'good' })], { runtimes });
    expect(await begin(loop)).toContainEqual(
      expect.stringContaining(`runtime_unavailable main: the runtime's observe() gave no answer: ${why}`),
    );
    good.die('b');
    expect(await nextPass(loop)).toContain('terminated b: runtime_gone');
    expect(loop.store.at('shop/a').status).toBe('working');
    await loop.manager.stop();
  });

  it('is out when it answers at once', async () => {
    const runtime = new FakeRuntime();
    runtime.observe = () => bad(viewOf({ state: 'alive', evidence }));
    const loop = watchLoop([fakeSession('a')], { runtimes: { fake: runtime } });
    expect(await begin(loop)).toContain(
      "runtime_unavailable main: the runtime's observe() gave no answer: it is no promise",
    );
  });

  it('is out when its view throws', async () => {
    const view = {
      liveness: () => ({ state: 'alive', evidence }),
      get outage(): never {
        throw new TypeError('no idea');
      },
    };
    const loop = watchLoop([fakeSession('a')], { runtimes: { fake: answering(view) } });
    expect(await begin(loop)).toContain('runtime_unavailable main: no idea');
  });

  it.each<[unknown, string]>([
    [undefined, 'it is no object'],
    [{ state: 'alive' }, 'its field "evidence" is not valid'],
    [{ state: 'dead' }, 'its field "evidence" is not valid'],
    [{ state: 'gone', evidence }, 'its field "state" is not valid'],
    [{ state: 'dead', evidence, exit: { code: '1' } }, 'its field "exit.code" is not valid'],
  ])('has said nothing of a program by %j', async (liveness, why) => {
    const loop = watchLoop([fakeSession('a')], { runtimes: { fake: answering(viewOf(liveness)) } });
    const told = await begin(loop);
    expect(told[1]).toContain(`tick_error a: probe: the runtime's liveness() gave no answer: ${why}`);
    expect([told.length, loop.store.at('shop/a').status]).toEqual([2, 'working']);
    expect(await nextPass(loop)).toEqual([]);
  });

  it('need not say all of how a program ended', async () => {
    const view = viewOf({ state: 'dead', evidence, exit: { code: 3 } });
    const loop = watchLoop([fakeSession('a')], { runtimes: { fake: answering(view) } });
    await begin(loop);
    expect(loop.events.at(-1)).toMatchObject({ type: 'terminated', exit: { code: 3, signal: null } });
  });
});

describe('an agent that answers what is no answer', () => {
  it.each<[unknown, string]>([
    [{ activity: 'active', evidence }, 'it is no promise'],
    [Promise.resolve(null), 'it is no object'],
    [Promise.resolve({ activity: 'active' }), 'its field "evidence" is not valid'],
    [Promise.resolve({ activity: 'busy', evidence }), 'its field "activity" is not valid'],
  ])('has failed to answer by %p, and is asked again: %s', async (answer, why) => {
    let asked = 0;
    const detectActivity: Agent['detectActivity'] = () => {
      asked += 1;
      return bad(answer);
    };
    const loop = watchLoop([fakeSession('a')], { agents: { fake: { detectActivity } } });
    const told = await begin(loop);
    expect(told[1]).toContain(`tick_error a: probe: the agent's detectActivity() gave no answer: ${why}`);
    expect(await nextPass(loop)).toEqual([]);
    expect(asked).toBe(2);
  });

  it('that can not forget harms nobody, and is told of', async () => {
    const forgetful = new FakeAgent();
    const stubborn = new FakeAgent();
    stubborn.forget = (key) => {
      throw new Error(`I remember ${key}`);
    };
    const loop = watchLoop([fakeSession('a')], { agents: { stubborn, fake: forgetful } });
    await begin(loop);
    loop.runtime.die('a');
    expect(await nextPass(loop)).toContain('terminated a: runtime_gone');
    expect(await nextPass(loop)).toEqual([
      'tick_error a: probe: its agent could not forget it: I remember shop/a',
    ]);
    expect([forgetful.forgotten, await nextPass(loop)]).toEqual([['shop/a'], []]);
  });
});

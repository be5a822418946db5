import { FakeRuntime } from '../../fixtures/fakes/fake-runtime.js';
import { groupByServer } from '../../src/runtime/group-by-server.js';
import { makeSession } from '../../fixtures/sessions.js';
import type { Session } from '../../src/session/session.js';

const onServer = (id: string, server: string): Session =>
  makeSession({ id, handle: { type: 'fake', name: id, server } });

describe('groupByServer', () => {
  const fake = new FakeRuntime();
  const runtimes = { fake };

  it('has no groups for no sessions', () => expect(groupByServer([], runtimes)).toEqual([]));

  it('puts sessions together that one server answers for, in their order', () => {
    const [a, b, c] = [onServer('a', 'one'), onServer('b', 'two'), onServer('c', 'one')];
    expect(groupByServer([a, b, c], runtimes)).toEqual([
      {
        type: 'askable',
        runtime: 'fake',
        server: 'one',
        sessions: [a, c],
        host: fake,
        handles: [a.handle, c.handle],
      },
      { type: 'askable', runtime: 'fake', server: 'two', sessions: [b], host: fake, handles: [b.handle] },
    ]);
  });

  it('keeps servers of the same name apart when their runtimes differ', () => {
    const other = new FakeRuntime();
    const groups = groupByServer([onServer('a', 'one'), { ...onServer('b', 'one'), runtime: 'other' }], {
      fake,
      other,
    });
    expect(groups.map((group) => [group.runtime, group.server, group.sessions.length])).toEqual([
      ['fake', 'one', 1],
      ['other', 'one', 1],
    ]);
  });

  it('asks nobody about a session without a handle', () => {
    const session = makeSession({ id: 'a', handle: null });
    expect(groupByServer([session], runtimes)).toEqual([
      {
        type: 'unaskable',
        runtime: 'fake',
        server: '',
        sessions: [session],
        message: 'the program has not started',
      },
    ]);
  });

  it.each(['elsewhere', 'toString', '__proto__'])('has nobody to ask for a runtime called %s', (runtime) => {
    const session = makeSession({ id: 'a', runtime });
    expect(groupByServer([session], runtimes)).toEqual([
      {
        type: 'unaskable',
        runtime,
        server: '',
        sessions: [session],
        message: `no runtime is called "${runtime}" here`,
      },
    ]);
  });

  it('asks nobody about a handle that its runtime cannot read, and says why for each', () => {
    const picky = new FakeRuntime();
    picky.serverOf = ({ name }) => {
      if (name === 'c') return 'one';
      throw new TypeError(`${String(name)} is no handle`);
    };
    const groups = groupByServer(
      ['a', 'b', 'c'].map((id) => makeSession({ id })),
      { fake: picky },
    );
    expect(groups.map((group) => (group.type === 'unaskable' ? group.message : group.server))).toEqual([
      'a is no handle',
      'b is no handle',
      'one',
    ]);
  });
});

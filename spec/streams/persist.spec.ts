import { lastValueFrom, toArray } from 'rxjs';
import { MemoryStore } from '../../fixtures/fakes/memory-store.js';
import type { EventBody } from '../../src/session/event.js';
import type { Reading } from '../../src/session/reading.js';
import type { Session } from '../../src/session/session.js';
import { transition, type Transition } from '../../src/session/transition.js';
import { persist, type Persisted, type PersistOptions, type Step } from '../../streams/persist.js';
import { runMarbles } from './run-marbles.js';
import { fakeSession } from './watch-loop.js';

const key = 'shop/a';
const evidence = { source: 'fake', detail: 'seen', observedAt: '2026-01-01T12:00:00.000Z' };
const now = Date.parse('2026-01-01T12:00:00.000Z');
const handle = fakeSession('a').handle!;
const alive = (activity: 'active' | 'waiting_input'): Reading => ({
  type: 'alive',
  handle,
  evidence,
  activity,
});
const dead: Reading = { type: 'dead', handle, evidence, exit: { code: 0, signal: null } };
const restored: EventBody = {
  type: 'session_restored',
  sessionId: 'a',
  projectId: 'shop',
  status: 'working',
  activity: null,
  createdAt: '2026-01-01T00:00:00.000Z',
};

const reduce = (session: Session, reading: Reading): Transition => transition(session, reading, { now });

const stepOf = (before: Session, reading: Reading): Step => ({
  before,
  reading,
  after: reduce(before, reading),
});

const optionsOf = (store: MemoryStore, more: Partial<PersistOptions> = {}): PersistOptions => ({
  save: (session) => store.save(session, { writtenBy: 'lifecycle' }),
  get: (sessionKey) => store.get(sessionKey),
  reduce,
  untold: () => [],
  ...more,
});

async function persistOne(step: Step, options: PersistOptions): Promise<Persisted> {
  const all = await lastValueFrom(persist(step, options).pipe(toArray()));
  expect(all).toHaveLength(1);
  return all[0]!;
}

const types = ({ events }: Persisted): string[] =>
  events.map((event) =>
    event.type === 'tick_error' ? `${event.type}: ${event.stage}: ${event.message}` : event.type,
  );

describe('persist', () => {
  const session = fakeSession('a');
  let store: MemoryStore;

  beforeEach(() => {
    store = new MemoryStore(session);
  });

  it('writes nothing, and takes no time, where nothing changed', () =>
    runMarbles(({ expectObservable }) => {
      const same = fakeSession('a', { activity: 'active' });
      const step = stepOf(same, alive('active'));

      expectObservable(persist(step, optionsOf(store))).toBe('(p|)', { p: { session: same, events: [] } });
      expect(store.saves).toEqual([]);
    }));

  it('gives out the errors of a step that changed nothing', async () => {
    const step = stepOf(session, { type: 'unknown', handle, evidence, outage: false });
    expect(types(await persistOne(step, optionsOf(store)))).toEqual(['tick_error: probe: seen']);
  });

  it('writes nothing before somebody listens', () => {
    const persisted$ = persist(stepOf(session, dead), optionsOf(store));
    expect(store.at(key).status).toBe('working');
    return expect(lastValueFrom(persisted$).then(() => store.at(key).status)).resolves.toBe('done');
  });

  it('gives out the events of a change once it is on disk, and not before', async () => {
    const order: string[] = [];
    const options = optionsOf(store, {
      save: async (next) => {
        const saved = await store.save(next, { writtenBy: 'lifecycle' });
        order.push('on disk');
        return saved;
      },
    });
    const persisted = await persistOne(stepOf(session, dead), options);
    order.push(...types(persisted));
    expect(order).toEqual(['on disk', 'status_changed', 'terminated']);
    expect(store.at(key)).toMatchObject({ rev: 2, status: 'done', writtenBy: 'lifecycle' });
  });

  it('makes a tick_error of a save that fails, and tells nothing of the change', async () => {
    store.beforeSave = () => Promise.reject(new Error('no space\nleft'));
    const persisted = await persistOne(stepOf(session, dead), optionsOf(store));
    expect(persisted).toEqual({
      session,
      events: [
        { type: 'tick_error', stage: 'save', message: 'no space left', sessionId: 'a', projectId: 'shop' },
      ],
    });
  });

  it('tells of the failed probe too when the save of what it did learn fails', async () => {
    store.beforeSave = () => Promise.reject(new Error('no space'));
    const starting = fakeSession('a', { status: 'spawning' });
    const step = stepOf(starting, {
      type: 'alive',
      handle,
      evidence,
      activity: null,
      failure: 'no transcript',
    });
    expect(types(await persistOne(step, optionsOf(store)))).toEqual([
      'tick_error: probe: no transcript',
      'tick_error: save: no space',
    ]);
  });

  describe('when somebody else changed the record meanwhile', () => {
    it('applies the reading to what is there now, and keeps what the other wrote', async () => {
      store.edit(key, { branch: 'feat/x', status: 'pr_open' });
      const persisted = await persistOne(stepOf(session, alive('waiting_input')), optionsOf(store));
      expect(store.at(key)).toMatchObject({ rev: 3, status: 'needs_input', branch: 'feat/x' });
      expect(persisted.events).toMatchObject([
        { type: 'activity_changed', prev: null, next: 'waiting_input' },
        { type: 'status_changed', from: 'pr_open', to: 'needs_input', by: 'lifecycle' },
      ]);
    });

    it('gives out what the other did before what follows from the reading', async () => {
      store.edit(key, { branch: 'feat/x' });
      const persisted = await persistOne(
        stepOf(session, dead),
        optionsOf(store, { untold: () => [restored] }),
      );
      expect(types(persisted)).toEqual(['session_restored', 'status_changed', 'terminated']);
    });

    it('gives out only what the other did when that ended the session', async () => {
      store.edit(key, { status: 'killed' });
      const persisted = await persistOne(
        stepOf(session, dead),
        optionsOf(store, { untold: () => [restored] }),
      );
      expect(types(persisted)).toEqual(['session_restored']);
      expect(store.at(key)).toMatchObject({ rev: 2, status: 'killed', writtenBy: 'api' });
    });

    it('drops a reading of a program that is no longer the record’s', async () => {
      store.edit(key, { handle: { type: 'fake', name: 'restarted' } });
      expect(await persistOne(stepOf(session, dead), optionsOf(store))).toEqual({ session, events: [] });
      expect(store.at(key)).toMatchObject({ rev: 2, status: 'working' });
    });

    it('drops the reading of a session without a handle that has one by now', async () => {
      const starting = fakeSession('b', { handle: null });
      store.put(starting);
      store.edit('shop/b', { handle });
      const step = stepOf(starting, { type: 'no_handle', handle: null });
      expect(await persistOne(step, optionsOf(store))).toEqual({ session: starting, events: [] });
      expect(store.at('shop/b').status).toBe('working');
    });

    it('drops a reading when the record is gone', async () => {
      store.delete(key);
      expect(await persistOne(stepOf(session, dead), optionsOf(store))).toEqual({ session, events: [] });
      expect(store.saves).toEqual([]);
    });

    it('goes on until it wins', async () => {
      let lost = 0;
      store.beforeSave = async () => {
        if ((lost += 1) <= 4) store.edit(key, { task: `edit ${lost}` });
      };
      const persisted = await persistOne(stepOf(session, dead), optionsOf(store));
      expect(types(persisted)).toEqual(['status_changed', 'terminated']);
      expect(store.at(key)).toMatchObject({ status: 'done', task: 'edit 4' });
    });

    it('gives up on a record that is changed each time, and says so', async () => {
      let tries = 0;
      store.beforeSave = async () => {
        store.edit(key, { task: `edit ${(tries += 1)}` });
      };
      const persisted = await persistOne(
        stepOf(session, dead),
        optionsOf(store, { untold: () => [restored] }),
      );
      expect(tries).toBe(5);
      expect(types(persisted)).toEqual([expect.stringContaining(`tick_error: save: can't save ${key}`)]);
    });

    it('makes a tick_error of a record that can no longer be read', async () => {
      store.edit(key, { task: 'other' });
      const get = (): Promise<never> => Promise.reject(new Error('not JSON'));
      const persisted = await persistOne(stepOf(session, dead), optionsOf(store, { get }));
      expect(types(persisted)).toEqual(['tick_error: save: not JSON']);
    });
  });
});

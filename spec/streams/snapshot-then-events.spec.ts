import { getEventListeners } from 'node:events';
import { ExpiredCursorError, InvalidCursorError } from '../../src/journal/errors.js';
import { findPlace } from '../../src/journal/find-place.js';
import { journalDirectory } from '../../src/journal/segments.js';
import { parseCursor } from '../../src/session/place.js';
import { NoJournalError } from '../../streams/no-journal-error.js';
import { FakeAgent } from '../../fixtures/fakes/fake-agent.js';
import { MemoryStore } from '../../fixtures/fakes/memory-store.js';
import type { LifecycleManager } from '../../streams/lifecycle-manager.js';
import { settle } from './hand-scheduler.js';
import { SharedHome } from './shared-home.js';
import { fakeSession, say, watchLoop } from './watch-loop.js';

const shared = new SharedHome();
beforeEach(() => shared.begin());
afterEach(() => shared.end());
afterAll(() => shared.root.remove());

type Lines = ReturnType<LifecycleManager['snapshotThenEvents']>;

/** The next lines of a snapshot that goes on, in a few words. */
async function take(lines: Lines, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const { value, done } = await lines.next();
    if (done) break;
    if (value.type === 'session') taken.push(`session ${value.session.id}: ${value.session.status}`);
    else taken.push(value.type === 'synced' ? 'synced' : say(value));
  }
  return taken;
}

describe('snapshotThenEvents', () => {
  it('gives every session, then that this was all, then what follows, where the manager leads', async () => {
    await shared.put('a');
    await shared.put('b', { status: 'done' });
    const { manager } = shared.leader();
    await manager.start().firstPass;
    const lines = manager.snapshotThenEvents();
    expect((await take(lines, 3)).sort()).toEqual(['session a: working', 'session b: done', 'synced']);
    await shared.change('a', { status: 'pr_open' });
    expect(await take(lines, 1)).toEqual(['status_changed a: working to pr_open by external']);
    await manager.stop();
    expect(await take(lines, 1)).toEqual([]);
  });

  it('ends at once by its signal, in the middle of the sessions too', async () => {
    await shared.put('a');
    await shared.put('b');
    const { manager } = shared.leader();
    await manager.start().firstPass;
    const none = manager.snapshotThenEvents({ signal: AbortSignal.abort() });
    const ending = new AbortController();
    const lines = manager.snapshotThenEvents({ signal: ending.signal });
    expect([await take(none, 9), (await take(lines, 1)).length]).toEqual([[], 1]);
    ending.abort();
    expect([await take(lines, 9), getEventListeners(ending.signal, 'abort')]).toEqual([[], []]);
  });

  it.each<[string, (manager: LifecycleManager) => Promise<AsyncGenerator>]>([
    [
      'a snapshot',
      async (manager) => {
        const lines = manager.snapshotThenEvents();
        expect(await take(lines, 1)).toEqual(['synced']);
        return lines;
      },
    ],
    ['the journal', (manager) => Promise.resolve(manager.eventsAfter('now'))],
  ])('ends at once by return while an event is waited for, after %s', async (_title, open) => {
    const { manager } = shared.leader();
    await manager.start().firstPass;
    const lines = await open(manager);
    const next = lines.next();
    await settle();
    const over = { done: true, value: undefined };
    expect([await lines.return(undefined), await next]).toEqual([over, over]);
  });

  it('does the same where it follows, and its cursor is a place in the journal', async () => {
    await shared.put('a');
    const first = shared.leader();
    await first.manager.start().firstPass;
    const { manager } = shared.open();
    const lines = manager.snapshotThenEvents();
    expect(await take(lines, 1)).toEqual(['session a: working']);
    const { value } = await lines.next();
    expect(value).toMatchObject({ type: 'synced' });
    const place = parseCursor((value as { cursor: string }).cursor)!;
    expect(findPlace(journalDirectory(shared.home), place).at).toEqual(place);
    await shared.change('a', { status: 'pr_open' });
    expect(await take(lines, 1)).toEqual(['status_changed a: working to pr_open by external']);
    await manager.stop();
  });

  it('has what is untold told first: a session is no line and an event as well', async () => {
    await shared.put('a');
    const { manager } = shared.leader({ pollIntervalMs: 3_600_000 });
    await manager.tick();
    await shared.change('a', { status: 'pr_open' });
    await shared.put('b');
    const lines = manager.snapshotThenEvents();
    expect((await take(lines, 3)).sort()).toEqual(['session a: pr_open', 'session b: working', 'synced']);
    await manager.stop();
  });

  it('shows records as they were told of where more than was told always comes', async () => {
    const store = new MemoryStore(fakeSession('a'));
    const { manager } = watchLoop([], { sessions: store, agents: { fake: new FakeAgent() } });
    await manager.tick();
    const statuses = ['pr_open', 'approved', 'mergeable'] as const;
    let count = 0;
    store.beforeList = async () => {
      count += 1;
      store.edit('shop/a', { status: statuses[count % 3]! });
    };
    const lines = manager.snapshotThenEvents();
    const [session, synced] = await take(lines, 2);
    expect(synced).toBe('synced');
    // The record says more than was told each time that it is read.
    expect(session).not.toBe(`session a: ${store.at('shop/a').status}`);
    await manager.tick();
    expect(await take(lines, 1)).toEqual([
      `status_changed a: ${/: (\w+)/.exec(session!)![1]!} to ${store.at('shop/a').status} by external`,
    ]);
    await manager.stop();
  });

  it('ends at once when its signal comes, and then takes no more part', async () => {
    const { manager } = shared.leader();
    const abort = new AbortController();
    const lines = manager.snapshotThenEvents({ signal: abort.signal });
    expect(await take(lines, 1)).toEqual(['synced']);
    const next = lines.next();
    abort.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    const other = shared.leader();
    expect(await other.manager.tick()).toMatchObject({ error: null });
  });
});

describe('eventsAfter', () => {
  it('gives every event after a cursor, from whichever life, and goes on', async () => {
    await shared.put('a');
    const first = shared.leader();
    await first.manager.tick();
    await first.manager.stop();
    const cursor = `${first.events[0]!.epoch}:${first.events[0]!.seq}`;
    await shared.change('a', { status: 'pr_open' });
    const second = shared.leader();
    await second.manager.tick();
    const events = second.manager.eventsAfter({ cursor });
    await shared.change('a', { status: 'approved' });
    await second.manager.start().firstPass;
    const told = [await events.next(), await events.next()].map(({ value }) => say(value!));
    expect(told).toEqual([
      'status_changed a: working to pr_open by external',
      'status_changed a: pr_open to approved by external',
    ]);
    await second.manager.stop();
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it('ends at the end of what there is when it is not to follow', async () => {
    await shared.put('a');
    await shared.put('b');
    const { manager, events } = shared.leader();
    await manager.tick();
    const all: unknown[] = [];
    for await (const event of manager.eventsAfter({ sinceMs: 0 }, { follow: false })) all.push(event);
    expect(all).toEqual(events);
    expect(all).toHaveLength(2);
  });

  it('refuses a cursor that is none, or none of this home, at once', async () => {
    const { manager } = shared.leader();
    await manager.tick();
    expect(() => manager.eventsAfter({ cursor: 'yesterday' })).toThrow(InvalidCursorError);
    expect(() => manager.eventsAfter({ cursor: 'another-home:1' })).toThrow(ExpiredCursorError);
  });

  it('needs a journal', () => {
    const { manager } = shared.leader({ lease: 'none' });
    expect(() => manager.eventsAfter('now')).toThrow(NoJournalError);
  });
});

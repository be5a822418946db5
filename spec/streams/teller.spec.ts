import { removed, spawned } from '../../fixtures/events.js';
import { HandClock } from '../../fixtures/fakes/hand-clock.js';
import { makeSession } from '../../fixtures/sessions.js';
import { JournalError } from '../../src/journal/errors.js';
import type { EventBody, LifecycleEvent } from '../../src/session/event.js';
import { Ledger } from '../../src/session/ledger.js';
import { EventHub } from '../../streams/event-hub.js';
import { MemoryLog } from '../../streams/memory-log.js';
import { Teller } from '../../streams/teller.js';

/** A log that has room for so many events, and then fails as a full disk does. */
class FullLog extends MemoryLog {
  room = Number.POSITIVE_INFINITY;
  checkpoints = 0;

  override append(bodies: readonly EventBody[]): LifecycleEvent[] {
    const fitting = super.append(bodies.slice(0, this.room));
    this.room -= fitting.length;
    if (fitting.length < bodies.length) throw new JournalError('/journal', { code: 'ENOSPC' }, fitting);
    return fitting;
  }

  override checkpoint(): void {
    this.checkpoints += 1;
  }
}

function open(): { teller: Teller; ledger: Ledger; log: FullLog; told: string[] } {
  const clock = new HandClock();
  const log = new FullLog({ epoch: 'life', clock });
  const ledger = new Ledger({ loopStartedAt: clock.now() });
  const told: string[] = [];
  const hub = new EventHub({ onFault: (error) => told.push(String(error)) });
  hub.event$.subscribe((event) => {
    told.push(`${event.seq} ${event.type === 'tick_error' ? event.message : event.type}`);
  });
  return { teller: new Teller({ log, ledger, hub, clock }), ledger, log, told };
}

describe('Teller', () => {
  it('tells what is kept, and what is not kept stays untold', () => {
    const { teller, ledger, log, told } = open();
    log.room = 1;
    const snapshot = { sessions: [makeSession({ id: 'a' }), makeSession({ id: 'b' })], unreadable: [] };
    expect(teller.tell(ledger.announce(snapshot, new Set()))).toBe(false);
    expect([told, teller.isBehind]).toEqual([
      ['1 session_restored', "1 can't write /journal: the disk is full; free some space"],
      true,
    ]);
    log.room = 5;
    expect(teller.tell(ledger.announce(snapshot, new Set()))).toBe(true);
    expect(told.slice(2)).toEqual(['2 session_restored']);
  });

  it('says once that nothing can be kept, until something is again', () => {
    const { teller, log, told } = open();
    log.room = 0;
    for (const id of ['a', 'b', 'c']) teller.tell([removed(id)]);
    expect(told).toHaveLength(1);
    log.room = 1;
    for (const id of ['a', 'b', 'c']) teller.tell([removed(id)]);
    expect(told.map((text) => text.split(' ')[1])).toEqual(["can't", 'session_removed', "can't"]);
  });

  it('takes an error, an outage and a bad file that could not be kept for news again', () => {
    const { teller, ledger, log, told } = open();
    const bad = { path: '/x', projectId: 'shop', id: 'x', message: 'not JSON', fingerprint: '1' };
    const down = { runtime: 'tmux', server: 'one', outage: 'gone', hasLiveSessions: true };
    const news = (): EventBody[] => [
      ...ledger.announce({ sessions: [], unreadable: [bad] }, new Set()),
      ...ledger.noticeServer(down),
      ...ledger.listingFailed('EACCES'),
    ];
    log.room = 0;
    teller.tell(news());
    log.room = 9;
    teller.tell(news());
    expect(told.slice(1)).toEqual(['1 session_unreadable', '2 runtime_unavailable', '3 EACCES']);
    expect(news().map(({ type }) => type)).toEqual(['tick_error']);
  });

  it('keeps once that the home was looked at', () => {
    const { teller, ledger, log } = open();
    teller.tell([spawned('a')]);
    expect(log.checkpoints).toBe(0);
    for (let passes = 0; passes < 3; passes += 1) {
      teller.tell(
        ledger.announce({ sessions: [makeSession({ status: 'done' })], unreadable: [] }, new Set()),
      );
    }
    expect(log.checkpoints).toBe(1);
  });

  it('does not take a fault of another kind for a full disk', () => {
    const { teller, log } = open();
    log.append = () => {
      throw new TypeError('a mistake');
    };
    expect(() => teller.tell([removed('a')])).toThrow(TypeError);
  });
});

import { makeSession } from '../../fixtures/sessions.js';
import type { Activity } from '../../src/session/activity.js';
import { sessionSchema, type Session } from '../../src/session/session.js';
import { transition } from '../../src/session/transition.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const INTERVAL = 10_000;
const STUCK_AFTER = 10 * MINUTE;

/** A machine whose clock can be set and that can sleep, and a loop on it that looks at one session every 10 s. */
class Machine {
  now = Date.parse('2026-01-01T12:00:00.000Z');
  awakeMs = 5_000;
  activity: Activity | null = 'idle';
  session: Session = makeSession({ activity: 'active' });
  #boot = 'boot-1';

  /** How long the loop runs until the session is stuck, up to a limit. */
  runUntilStuck(limitMs = 24 * HOUR): number | null {
    for (let ms = 0; ms <= limitMs; ms += INTERVAL) {
      this.pass();
      if (this.session.status === 'stuck') return ms;
      this.wait(INTERVAL);
    }
    return null;
  }

  runFor(ms: number): void {
    for (let passed = 0; passed < ms; passed += INTERVAL) {
      this.pass();
      this.wait(INTERVAL);
    }
  }

  wait(ms: number): void {
    this.now += ms;
    this.awakeMs += ms;
  }

  sleep(ms: number): void {
    this.now += ms;
  }

  setClock(byMs: number): void {
    this.now += byMs;
  }

  moveHome(): void {
    this.#boot = 'boot-2';
    this.awakeMs = 1_000;
  }

  /** All that the loop knows by now is what is on disk. */
  restart(): void {
    this.session = sessionSchema.parse(JSON.parse(JSON.stringify(this.session)));
  }

  pass(): void {
    const evidence = { source: 'test', detail: 'seen', observedAt: new Date(this.now).toISOString() };
    this.session = transition(
      this.session,
      { type: 'alive', handle: { type: 'fake' }, evidence, activity: this.activity },
      { now: this.now, awake: { boot: this.#boot, ms: this.awakeMs }, stuckAfterMs: STUCK_AFTER },
    ).session;
  }
}

const DUE = STUCK_AFTER + INTERVAL;

describe('how long a session is idle until it is stuck', () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });

  it('is the threshold, to the next pass', () => {
    expect(machine.runUntilStuck()).toBe(DUE);
  });

  it('goes on across a restart, the time between included', () => {
    machine.runFor(4 * MINUTE);
    machine.wait(2 * MINUTE);
    machine.restart();
    expect(machine.runUntilStuck()).toBe(DUE - 6 * MINUTE);
  });

  it('leaves out the machine’s sleep, during a run and between two', () => {
    machine.runFor(4 * MINUTE);
    machine.sleep(8 * HOUR);
    machine.runFor(2 * MINUTE);
    machine.restart();
    machine.sleep(8 * HOUR);
    expect(machine.runUntilStuck()).toBe(DUE - 6 * MINUTE);
  });

  it.each([HOUR, -HOUR, 400 * 24 * HOUR, -400 * 24 * HOUR])(
    'is the same when the time of day is changed by %d ms, during a run and between two',
    (byMs) => {
      machine.runFor(4 * MINUTE);
      machine.setClock(byMs);
      machine.runFor(2 * MINUTE);
      machine.restart();
      machine.setClock(byMs);
      expect(machine.runUntilStuck()).toBe(DUE - 6 * MINUTE);
    },
  );

  it('begins anew with each sign of work', () => {
    machine.runFor(9 * MINUTE);
    machine.activity = 'active';
    machine.runFor(MINUTE);
    expect([machine.session.idleSince, machine.session.idleClock]).toEqual([null, null]);
    machine.activity = 'idle';
    expect(machine.runUntilStuck()).toBe(DUE);
  });

  it('is counted on while nobody knows what the session does, and not ended by that', () => {
    machine.runFor(5 * MINUTE);
    machine.activity = null;
    machine.runFor(6 * MINUTE);
    expect(machine.session.status).toBe('working');
    machine.activity = 'blocked';
    expect(machine.runUntilStuck()).toBe(0);
  });

  it('does not count for one that waits for a person, however long', () => {
    machine.runFor(5 * MINUTE);
    machine.activity = 'waiting_input';
    expect(machine.runUntilStuck()).toBeNull();
    expect(machine.session.status).toBe('needs_input');
  });

  it('goes by the time of day where a record has no clock of this boot, and then by that clock', () => {
    machine.session = makeSession({ activity: 'idle', idleSince: '2026-01-01T11:56:00.000Z' });
    machine.runFor(2 * MINUTE);
    machine.sleep(8 * HOUR);
    expect(machine.runUntilStuck()).toBe(DUE - 6 * MINUTE);
  });

  it('goes by the time of day once, where the home is watched from another machine', () => {
    machine.runFor(4 * MINUTE);
    machine.moveHome();
    machine.runFor(MINUTE);
    machine.setClock(-HOUR);
    expect(machine.runUntilStuck()).toBe(DUE - 5 * MINUTE);
  });

  it('goes by what a person wrote in the record since', () => {
    machine.runFor(4 * MINUTE);
    machine.session = { ...machine.session, idleSince: new Date(machine.now - 9 * MINUTE).toISOString() };
    expect(machine.runUntilStuck()).toBe(MINUTE + INTERVAL);
  });

  it('writes the record when idleness begins, and not again until something changes', () => {
    machine.pass();
    const first = machine.session;
    machine.runFor(5 * MINUTE);
    expect(machine.session).toBe(first);
    expect(first).toMatchObject({ idleSince: '2026-01-01T12:00:00.000Z', idleClock: { awakeMs: 5_000 } });
  });
});

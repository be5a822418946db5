import { makeSession } from '../../fixtures/sessions.js';
import { ScreenAgent } from '../../src/agent/screen.js';
import type { Signs } from '../../src/runtime/runtime.js';
import type { Session } from '../../src/session/session.js';
import { aView } from './a-view.js';
import { HandClock } from './hand-clock.js';

const at = (time: string): string => `2026-03-01T${time}Z`;

function setUp(options: { capacity?: number } = {}) {
  const clock = new HandClock(at('12:00:00'));
  const agent = new ScreenAgent({ clock, ...options });
  const look = async (now: string, signs: Partial<Signs> | null, session: Session = makeSession()) => {
    clock.set(at(now));
    return agent.detectActivity(session, aView(signs));
  };
  const activities = async (looks: [now: string, output: string | null, bell?: 'bell'][]) => {
    const seen = [];
    for (const [now, output, bell] of looks) {
      const signs = { lastOutputAt: output === null ? null : at(output), bell: bell === 'bell' };
      seen.push((await look(now, signs)).activity);
    }
    return seen;
  };
  const setTime = (now: string): void => clock.set(at(now));
  return { agent, look, activities, setTime };
}

describe('the screen agent, by age', () => {
  it.each([
    ['12:00:00', 'active'],
    ['12:00:02', 'active'],
    ['12:00:02.001', 'ready'],
    ['12:00:59.999', 'ready'],
    ['12:01:00', 'idle'],
  ])('calls a screen that was last printed on at 12:00:00 at %s %s', async (now, expected) => {
    const { activities } = setUp();
    expect(await activities([[now, '12:00:00']])).toEqual([expected]);
  });

  it('calls output since the look before active, however long ago it was', async () => {
    const { activities } = setUp();
    expect(
      await activities([
        ['12:00:10', '12:00:00'],
        ['12:05:00', '12:01:00'],
        ['12:05:10', '12:01:00'],
      ]),
    ).toEqual(['ready', 'active', 'idle']);
  });

  it('takes a first look for no news', async () => {
    const { activities } = setUp();
    expect(await activities([['12:05:00', '12:01:00']])).toEqual(['idle']);
  });

  it('forgets the look before when it is told to', async () => {
    const { agent, activities } = setUp();
    await activities([['12:00:00', '11:00:00']]);
    agent.forget('shop/api-3');
    expect(await activities([['12:10:00', '12:05:00']])).toEqual(['idle']);
  });

  it('does not call a screen active for ever whose time of output lies ahead', async () => {
    const { activities } = setUp();
    expect(
      await activities([
        ['12:00:00', '18:00:00'],
        ['12:00:10', '18:00:00'],
        ['12:01:10', '18:00:00'],
      ]),
    ).toEqual(['active', 'ready', 'idle']);
  });

  it('begins its count anew when the clock is set back below what it saw', async () => {
    const { activities } = setUp();
    expect(
      await activities([
        ['18:00:00', '18:00:00'],
        ['12:00:00', '18:00:00'],
        ['12:00:10', '18:00:00'],
        ['12:01:10', '18:00:00'],
      ]),
    ).toEqual(['active', 'active', 'ready', 'idle']);
  });
});

describe('the screen agent, by the bell', () => {
  it('calls a bell that newly rang waiting for input, even with fresh output', async () => {
    const { activities } = setUp();
    expect(
      await activities([
        ['12:00:00', '12:00:00'],
        ['12:00:10', '12:00:10', 'bell'],
      ]),
    ).toEqual(['active', 'waiting_input']);
  });

  it('calls output after the bell active while it lasts, and silence waiting for input again', async () => {
    const { activities } = setUp();
    expect(
      await activities([
        ['12:00:00', '12:00:00', 'bell'],
        ['12:00:01', '12:00:00', 'bell'],
        ['12:00:10', '12:00:09', 'bell'],
        ['12:00:11', '12:00:09', 'bell'],
        ['12:00:20', '12:00:09', 'bell'],
      ]),
    ).toEqual(['waiting_input', 'waiting_input', 'active', 'active', 'waiting_input']);
  });

  it('goes by age again once somebody has looked, and hears the next bell', async () => {
    const { activities } = setUp();
    expect(
      await activities([
        ['12:00:00', '12:00:00', 'bell'],
        ['12:00:30', '12:00:00'],
        ['12:00:40', '12:00:00', 'bell'],
      ]),
    ).toEqual(['waiting_input', 'ready', 'waiting_input']);
  });

  it('hears a bell where no time of output is known', async () => {
    const { activities } = setUp();
    expect(
      await activities([
        ['12:00:00', null, 'bell'],
        ['12:00:10', null, 'bell'],
        ['12:00:20', null],
      ]),
    ).toEqual(['waiting_input', 'waiting_input', null]);
  });

  it('names the bell as its source', async () => {
    const { look } = setUp();
    const { evidence } = await look('12:00:00', { bell: true });
    expect(evidence).toEqual({
      source: 'bell',
      detail: 'it rang the bell, and nobody has looked since',
      observedAt: '2026-03-01T12:00:00.000Z',
    });
  });
});

describe('the screen agent, where little is known', () => {
  it.each([
    ['the runtime has no signs of it', null],
    ['the time of output is not known', { lastOutputAt: null }],
    ['the time of output is no time', { lastOutputAt: 'yesterday' }],
  ])('knows no activity when %s', async (_, signs) => {
    const { look } = setUp();
    expect((await look('12:00:00', signs)).activity).toBeNull();
  });

  it('knows no activity when the runtime shows no signs at all', async () => {
    const { agent } = setUp();
    const view = { liveness: aView(null).liveness.bind(null) };
    const { activity, evidence } = await agent.detectActivity(makeSession(), view);
    expect(activity).toBeNull();
    expect(evidence.source).toBe('screen');
  });

  it('knows no activity of a session without a handle', async () => {
    const { look } = setUp();
    const session = makeSession({ handle: null });
    expect((await look('12:00:00', { lastOutputAt: at('12:00:00') }, session)).activity).toBeNull();
  });
});

describe('the screen agent, from look to look', () => {
  it('says the same of a screen on which nothing changes', async () => {
    const { look } = setUp();
    const lastOutputAt = at('12:00:00');
    const one = await look('12:00:10', { lastOutputAt });
    const other = await look('12:00:20', { lastOutputAt });
    expect(one.evidence.detail).toBe('last output at 2026-03-01T12:00:00Z');
    expect(other.evidence.detail).toBe(one.evidence.detail);
    expect(other.evidence.observedAt).toBe('2026-03-01T12:00:20.000Z');
  });

  it('remembers nothing of a program that another one has replaced', async () => {
    const { look } = setUp();
    const restarted = makeSession({ handle: { type: 'fake', pane: 2 } });
    await look('12:00:00', { lastOutputAt: at('11:59:00'), bell: true });
    expect((await look('12:00:10', { lastOutputAt: at('12:00:05') }, restarted)).activity).toBe('ready');
  });

  it('tells sessions of the same id in two projects apart', async () => {
    const { look } = setUp();
    await look('12:00:00', { lastOutputAt: at('11:59:00') });
    const other = makeSession({ projectId: 'blog' });
    expect((await look('12:00:10', { lastOutputAt: at('12:00:05') }, other)).activity).toBe('ready');
  });

  it('reads one look wrong, and no more, for a session that it forgot', async () => {
    const { look } = setUp({ capacity: 1 });
    await look('12:00:00', { lastOutputAt: at('11:59:00') });
    await look('12:00:00', { lastOutputAt: at('11:59:00') }, makeSession({ id: 'api-2' }));
    expect((await look('12:00:10', { lastOutputAt: at('12:00:05') })).activity).toBe('ready');
    expect((await look('12:00:20', { lastOutputAt: at('12:00:15') })).activity).toBe('active');
  });
});

describe('what the screen agent says holds', () => {
  const PRINTED = '12:00:00';
  it('nothing, until something can be seen', async () => {
    const { look } = setUp();
    const { holds } = await look(PRINTED, null);
    expect([holds?.(aView(null)), holds?.(aView({}))]).toEqual([true, false]);
  });

  it.each<[string, now: string, bell: boolean, later: string, Partial<Signs> | null, boolean]>([
    ['idle, however late', '12:05:00', false, '20:00:00', {}, true],
    ['ready, as long as it would not be idle', '12:00:10', false, '12:00:59.999', {}, true],
    ['ready, until it is idle', '12:00:10', false, '12:01:00', {}, false],
    ['active, never', '12:00:01', false, '12:00:01', {}, false],
    ['a bell, until it is looked at', '12:05:00', true, '20:00:00', {}, true],
    ['a bell, when it was looked at', '12:05:00', true, '12:05:10', { bell: false }, false],
    [
      'idle, when something is printed',
      '12:05:00',
      false,
      '12:05:10',
      { lastOutputAt: at('12:05:09') },
      false,
    ],
    ['idle, when it rings', '12:05:00', false, '12:05:10', { bell: true }, false],
    ['idle, when nothing can be seen any more', '12:05:00', false, '12:05:10', null, false],
    ['idle, when the clock is set back', '12:05:00', false, '12:04:59', {}, false],
  ])('%s', async (_title, now, bell, later, change, expected) => {
    const { look, setTime } = setUp();
    const signs = { lastOutputAt: at(PRINTED), bell };
    const { holds } = await look(now, signs);
    setTime(later);
    expect(holds?.(aView(change && { ...signs, ...change }))).toBe(expected);
  });
});

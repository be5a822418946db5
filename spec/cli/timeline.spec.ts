import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { drawSvg } from '../../cli/timeline/draw-svg.js';
import { drawText } from '../../cli/timeline/draw-text.js';
import { escapeXml } from '../../cli/timeline/escape-xml.js';
import { LOOKS } from '../../cli/timeline/looks.js';
import { makeTicks } from '../../cli/timeline/make-ticks.js';
import { readEvents } from '../../cli/timeline/read-events.js';
import { makeTimeline, type Timeline } from '../../cli/timeline/timeline.js';
import { syntheticEvents } from '../../fixtures/synthetic-events.js';
import type { EventBody, LifecycleEvent } from '../../src/session/event.js';
import { STATUSES, type Status } from '../../src/session/status.js';
import { Vitals } from './vitals.js';

const BEGIN = Date.parse('2026-01-05T09:00:00.000Z');
const MINUTE = 60_000;
const API = { projectId: 'shop', sessionId: 'api' };
const at = (minute: number, body: EventBody): LifecycleEvent => ({
  ...{ ...body, seq: 1, epoch: 'e' },
  time: new Date(BEGIN + minute * MINUTE).toISOString(),
});
const spawned = (minute: number, about = API): LifecycleEvent =>
  at(minute, { type: 'spawned', ...about, status: 'spawning', activity: null, createdAt: '' });
const changed = (minute: number, to: Status, about = API): LifecycleEvent =>
  at(minute, { type: 'status_changed', ...about, from: 'working', to, by: 'lifecycle' });
const ended = (minute: number, code: number | null, signal: string | null = null): LifecycleEvent =>
  at(minute, { type: 'terminated', ...API, reason: 'runtime_gone', exit: { code, signal } });

/** A timeline's spans and marks, in minutes. */
function tell({ lanes }: Timeline): string[] {
  const minute = (time: number): number => (time - BEGIN) / MINUTE;
  return lanes.flatMap(({ key, spans, marks }) => [
    ...spans.map(({ status, from, to }) => `${key} ${status} ${minute(from)}-${minute(to)}`),
    ...marks.map((mark) => `${key} ${mark.type} ${minute(mark.at)}: ${mark.text}`),
  ]);
}

describe('the timeline of events', () => {
  it('has a span for each status, and marks waits, deaths and good ends', () => {
    const web = { projectId: 'shop', sessionId: 'web' };
    const timeline = makeTimeline([
      ...[spawned(0), changed(1, 'working'), changed(3, 'needs_input'), spawned(4, web)],
      ...[changed(5, 'working'), changed(6, 'errored'), ended(6, 3), changed(9, 'done', web)],
    ])!;
    expect(tell(timeline)).toEqual([
      ...[
        'shop/api spawning 0-1',
        'shop/api working 1-3',
        'shop/api needs_input 3-5',
        'shop/api working 5-6',
      ],
      ...['shop/api wait 3: needs input', 'shop/api death 6: errored: exit code 3', 'shop/web spawning 4-9'],
    ]);
  });

  it('ends well by code 0, or by a status that is a good end', () => {
    const marksOf = (...events: LifecycleEvent[]): string[] =>
      makeTimeline(events)!.lanes[0]!.marks.map(({ type }) => type);
    expect(marksOf(spawned(0), ended(1, 0))).toEqual(['end']);
    expect(marksOf(spawned(0), changed(1, 'merged'), ended(1, null))).toEqual(['end']);
    expect(marksOf(spawned(0), changed(1, 'killed'), ended(1, null, 'SIGKILL'))).toEqual(['death']);
  });

  it('goes on where a later loop tells the same anew, and up to the last event', () => {
    const restored = at(4, {
      type: 'session_restored',
      ...API,
      status: 'working',
      activity: null,
      createdAt: '',
    });
    const tick = at(9, { type: 'tick_error', stage: 'snapshot', message: 'x' });
    expect(tell(makeTimeline([spawned(0), changed(1, 'working'), restored, tick])!)).toEqual([
      ...['shop/api spawning 0-1', 'shop/api working 1-9'],
    ]);
  });

  it('says where events are missing, and is nothing where nothing is told of a session', () => {
    const lagged = at(2, { type: 'lagged', missed: 7 });
    const timeline = makeTimeline([spawned(0), lagged])!;
    expect(timeline.gaps).toEqual([{ at: BEGIN + 2 * MINUTE, missed: 7 }]);
    expect(drawSvg(timeline, { width: 800 })).toContain('events are missing');
    expect(drawText(timeline, { width: 80 })).toContain('7 events are missing');
    expect(makeTimeline([lagged])).toBeNull();
  });

  it('shows a part of the time, and what was so before it', () => {
    const events = [spawned(0), changed(1, 'working'), changed(20, 'needs_input'), changed(30, 'working')];
    const range = { from: BEGIN + 10 * MINUTE, to: BEGIN + 25 * MINUTE };
    expect(tell(makeTimeline(events, range)!)).toEqual([
      ...['shop/api working 10-20', 'shop/api needs_input 20-25', 'shop/api wait 20: needs input'],
    ]);
    expect(makeTimeline([spawned(0), changed(1, 'killed'), ended(1, 1)], range)).toBeNull();
  });

  it('never runs backwards, in whatever order events come', () => {
    const events = fc.array(
      fc.record({
        minute: fc.integer({ min: 0, max: 99 }),
        status: fc.constantFrom(...STATUSES),
        id: fc.constantFrom('a', 'b'),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(events, (all) => {
        const told = all.map(({ minute, status, id }) =>
          changed(minute, status, { projectId: 'p', sessionId: id }),
        );
        const timeline = makeTimeline([spawned(50), ...told])!;
        for (const { spans } of timeline.lanes)
          for (const { from, to } of spans) expect(to).toBeGreaterThanOrEqual(from);
        const lines = drawText(timeline, { width: 50 }).split('\n');
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
        expect(drawSvg(timeline, { width: 500 })).not.toMatch(/NaN|Infinity|undefined/);
      }),
    );
  });
});

describe('the picture', () => {
  const hostile = '<script>alert("1")</script>&\u001b[2J\u202e\u0000\ud800]]>';

  it('takes no text of anybody for markup', () => {
    expect(escapeXml(hostile)).toMatch(/^&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;&amp;/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeXml(text)).not.toMatch(/[<>"']|[^\P{C}]/u);
      }),
    );
    const svg = drawSvg(
      makeTimeline([spawned(0, { projectId: 'p', sessionId: hostile }), ended(1, null, hostile)])!,
      { width: 500 },
    );
    expect(svg).not.toContain('<script');
  });

  it('explains what is in it, and nothing else', () => {
    const svg = drawSvg(makeTimeline([spawned(0), changed(1, 'needs_input'), changed(2, 'working')])!, {
      width: 800,
    });
    expect(svg).toContain('>needs input<');
    expect(svg).toContain('>at work<');
    expect(svg).not.toContain('>stuck<');
    expect(svg).not.toContain('>died<');
  });

  it('keeps every two looks apart in grey: by a pattern, or by their lightness', () => {
    const lightness = (fill: string): number => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) =>
        parseInt(fill.slice(from, from + 2), 16),
      );
      return 0.299 * red + 0.587 * green + 0.114 * blue;
    };
    const bars = Object.entries(LOOKS).filter(([name]) => name !== 'died' && name !== 'ended');
    for (const [name, look] of bars) {
      for (const [other, { fill, pattern }] of bars) {
        if (name === other) continue;
        const isApart =
          look.pattern?.path !== pattern?.path || Math.abs(lightness(look.fill) - lightness(fill)) > 40;
        expect([name, other, isApart]).toEqual([name, other, true]);
      }
    }
  });

  it('has round times on its axis, and no more than fit', () => {
    expect(
      makeTicks({ from: BEGIN - 1, to: BEGIN + 20 * MINUTE, count: 5 }).map(({ label }) => label),
    ).toEqual([...['09:00', '09:05', '09:10', '09:15', '09:20']]);
    expect(makeTicks({ from: BEGIN, to: BEGIN + 7_000, count: 4 })[1]?.label).toBe('09:00:02');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e10 }), fc.integer({ min: 1, max: 12 }), (spanMs, count) => {
        expect(makeTicks({ from: BEGIN, to: BEGIN + spanMs, count }).length).toBeLessThanOrEqual(count + 1);
      }),
    );
  });
});

describe('the events on stdin', () => {
  it('are taken line by line: what is none is counted, what came later is left out', async () => {
    const lines = [
      ...[
        JSON.stringify(spawned(0)),
        '',
        'no json',
        '[]',
        'null',
        '{"type":"spawned","time":"2026-01-05T09:00:00Z"}',
      ],
      ...[
        '{"type":"invented_later","time":"2026-01-05T09:00:00Z"}',
        JSON.stringify({ ...spawned(0), time: 'soon' }),
      ],
    ];
    const { events, unreadable } = await readEvents(Readable.from([lines.join('\n')]));
    expect(events).toEqual([spawned(0)]);
    expect(unreadable).toBe(5);
  });
});

describe('vitals timeline', () => {
  const vitals = new Vitals();
  afterAll(() => vitals.stop());
  const stdin = syntheticEvents(6)
    .map((event) => `${JSON.stringify(event)}\n`)
    .join('');

  it('draws a picture, on stdout or in a file', async () => {
    const { stdout, stderr, code } = await vitals.run(['timeline'], { stdin });
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"[^]*<\/svg>\n$/);
    const file = vitals.tmux.directory.fresh('picture');
    expect(await vitals.run(['timeline', '-o', file], { stdin })).toMatchObject({
      stdout: '',
      stderr: '',
      code: 0,
    });
    expect(readFileSync(file, 'utf8')).toBe(stdout);
  });

  it('draws what the home has told since a time', async () => {
    await vitals.tmux.begin();
    await vitals.spawn('api', 'exec sleep 1000');
    await vitals.passOnce();
    const { stdout, stderr, code } = await vitals.run([
      'timeline',
      '--since',
      '1h',
      '--text',
      '--width',
      '70',
    ]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(/^default\/api +\*+$/m);
  });

  it('draws text, as wide as asked', async () => {
    const { stdout, code } = await vitals.run(['timeline', '--text', '--width', '60'], { stdin });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(Math.max(...lines.slice(0, 7).map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines.filter((line) => /^(shop|blog|billing|infra)\/\S+ +[*?!~>.x+ ]+$/.test(line))).toHaveLength(
      6,
    );
    expect(stdout).toContain('* at work');
  });

  it('says what it can not use', async () => {
    const none = await vitals.run(['timeline'], { stdin: 'nonsense\n' });
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('1 lines of the input are no events');
    expect(await vitals.run(['timeline', '--width', 'wide'], { stdin })).toMatchObject({
      code: 2,
      stdout: '',
    });
    const missing = await vitals.run(['timeline', '-o', '/nowhere/at/all.svg'], { stdin });
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toMatch(/^vitals: .*\/nowhere\/at\/all\.svg.*\n$/);
  });
});

describe('docs/timeline-*.svg', () => {
  it('are what the script makes them', () => {
    const { status, stderr } = spawnSync(process.execPath, ['dist/scripts/screenshots.js', '--check'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

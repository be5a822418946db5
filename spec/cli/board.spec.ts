import fc from 'fast-check';
import stringWidth from 'string-width';
import { drawBoard } from '../../cli/board/draw-board.js';
import { EMPTY_BOARD, foldEvent, foldRecords, needsRecords, type Board } from '../../cli/board/board.js';
import { planLines } from '../../cli/board/plan-lines.js';
import { pressKey, type Key } from '../../cli/board/press-key.js';
import { Screen } from '../../cli/board/screen.js';
import { sortRows } from '../../cli/board/sort-rows.js';
import { FIRST_VIEW, scrollToSelected, type View } from '../../cli/board/view.js';
import { fitText, textWidth } from '../../cli/text/fit-text.js';
import { printable } from '../../cli/text/printable.js';
import { makeSession } from '../../fixtures/sessions.js';
import type { EventBody, LifecycleEvent } from '../../src/session/event.js';
import { STATUSES, type Status } from '../../src/session/status.js';

const SHOP = { projectId: 'shop', sessionId: 'api-3' };
const eventOf = (body: EventBody, time = '2026-01-01T00:05:00.000Z'): LifecycleEvent => ({
  ...body,
  seq: 1,
  epoch: 'e',
  time,
});
const boardOf = (...sessions: Parameters<typeof makeSession>[0][]): Board =>
  foldRecords(EMPTY_BOARD, sessions.map(makeSession));

/** Texts of what is hostile to a terminal, and of what is wide. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\u001b[2J',
      '\u001b]0;x\u0007',
      '\u009b31m',
      '\u202e',
      '\u2066',
      '\u0000',
      '\u007f',
      '\r',
      '\n',
    ),
    fc.constantFrom(
      '支',
      '\u{1f469}\u200d\u{1f467}',
      '\u{1fae0}',
      'e\u0301',
      '\u0489',
      '\ufe0f',
      'ก็',
      '\ud800',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('a', ' ', 'z'),
  ),
  maxLength: 60,
});

describe('the board, as events come', () => {
  it('takes over what each event tells', () => {
    let board = boardOf({ status: 'working' });
    const evidence = { source: 'bell', detail: 'it rang', observedAt: '2026-01-01T00:05:00.000Z' };
    board = foldEvent(
      board,
      eventOf({ type: 'activity_changed', ...SHOP, prev: null, next: 'waiting_input' }),
    );
    board = foldEvent(
      board,
      eventOf({
        type: 'status_changed',
        ...SHOP,
        from: 'working',
        to: 'needs_input',
        by: 'lifecycle',
        evidence,
      }),
    );
    expect(board.rows.get('shop/api-3')).toMatchObject({
      ...{ status: 'needs_input', activity: 'waiting_input', since: '2026-01-01T00:05:00.000Z', evidence },
    });
    const exit = { code: 3, signal: null };
    board = foldEvent(board, eventOf({ type: 'terminated', ...SHOP, reason: 'runtime_gone', exit }));
    expect(board.rows.get('shop/api-3')?.exit).toEqual({ ...exit, reason: 'runtime_gone' });
    board = foldEvent(board, eventOf({ type: 'session_removed', ...SHOP }));
    expect(board.rows.size).toBe(0);
    expect(board.news.map(({ type }) => type)).toEqual([
      ...['session_removed', 'terminated', 'status_changed', 'activity_changed'],
    ]);
  });

  it('asks for the records where an event is not enough', () => {
    const arrival = { status: 'spawning', activity: null, createdAt: '2026-01-01T00:00:00.000Z' } as const;
    const spawned = eventOf({ type: 'spawned', ...SHOP, ...arrival });
    expect(needsRecords(EMPTY_BOARD, spawned)).toBe(true);
    expect(needsRecords(boardOf({}), spawned)).toBe(false);
    expect(needsRecords(boardOf({}), eventOf({ type: 'lagged', missed: 3 }))).toBe(true);
    expect(needsRecords(EMPTY_BOARD, eventOf({ type: 'session_removed', ...SHOP }))).toBe(false);
  });

  it('keeps since when a status holds when the records are read anew', () => {
    const first = boardOf({ status: 'working', updatedAt: '2026-01-01T00:00:00.000Z' });
    const later = { status: 'working', updatedAt: '2026-01-01T00:09:00.000Z' } as const;
    expect(foldRecords(first, [makeSession(later)]).rows.get('shop/api-3')?.since).toBe(
      '2026-01-01T00:00:00.000Z',
    );
    expect(foldRecords(first, []).rows.size).toBe(0);
  });
});

describe('the order of the rows', () => {
  const namesOf = (board: Board, filter = ''): string[] =>
    sortRows(board.rows.values(), filter).map(({ name }) => name);

  it('has what needs a person on top, and among those who has waited longest', () => {
    const at = (minute: number): string => `2026-01-01T00:0${minute}:00.000Z`;
    const board = boardOf(
      ...(['done', 'working', 'stuck', 'errored', 'idle', 'approved', 'ci_failed'] as const).map(
        (status) => ({ id: status, status }),
      ),
      { id: 'late', status: 'needs_input', updatedAt: at(5) },
      { id: 'early', status: 'needs_input', updatedAt: at(2) },
    );
    expect(namesOf(board)).toEqual(
      ['early', 'late', 'stuck', 'ci_failed', 'approved', 'working', 'idle', 'errored', 'done'].map(
        (id) => `shop/${id}`,
      ),
    );
  });

  it('finds a place for every status', () => {
    const board = boardOf(...STATUSES.map((status) => ({ id: status, status })));
    expect(namesOf(board)).toHaveLength(STATUSES.length);
    expect(namesOf(board, 'INPUT shop')).toEqual(['shop/needs_input']);
    expect(namesOf(board, 'nothing like it')).toEqual([]);
  });
});

describe('fitText', () => {
  it('is exactly as wide as asked, and as wide as another counts', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 50 }), (text, columns) => {
        expect(textWidth(fitText(printable(text), columns))).toBe(columns);
      }),
    );
    for (const text of ['plain', '支払いを直す', 'e\u0301a', 'ab…']) {
      expect(stringWidth(fitText(text, 4))).toBe(4);
    }
    expect(fitText('支払いを直す', 6)).toBe('支払… ');
    expect(fitText('ab', 4)).toBe('ab  ');
  });
});

describe('printable', () => {
  it('lets through no control, no invisible, no direction, whatever comes', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(printable(text)).not.toMatch(/[\p{C}\u2028\u2029]/u);
      }),
    );
  });
});

/** The column in which a line of the board ends. */
function endOf(line: string): number {
  const cells = line.replace(/\u001b\[[0-9]*m/g, '').split(/(?=\u001b\[[0-9]+G)/);
  return Math.max(
    ...cells.map((cell) => {
      const [, column = '1', text = ''] = /^(?:\u001b\[([0-9]+)G)?([^]*)$/.exec(cell) ?? [];
      return Number(column) - 1 + textWidth(text);
    }),
  );
}

describe('the picture of the board', () => {
  const modes: View['mode'][] = [
    ...[{ type: 'board' } as const, { type: 'help' } as const, { type: 'filter', before: '' } as const],
    { type: 'send', key: 'shop/api-3', text: 'hello \u001b[2J' },
    { type: 'kill', key: 'shop/api-3' },
  ];

  it('has a line for each line of the terminal, none wider than it, and no sequence of anybody else', () => {
    fc.assert(
      fc.property(
        fc.array(hostile, { maxLength: 6 }),
        fc.integer({ min: 1, max: 220 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(...modes),
        (texts, columns, lines, mode) => {
          const sessions = texts.map((text, index) =>
            makeSession({
              ...{ id: `s-${index}`, status: STATUSES[index] as Status, task: text, agent: text },
              evidence: { source: text, detail: text, observedAt: text },
              exit: { reason: text, code: null, signal: null, at: '2026-01-01T00:00:00.000Z' },
            }),
          );
          const message = texts[0] ?? '';
          const told = eventOf({ type: 'tick_error', stage: 'probe', message, ...SHOP });
          const board = foldEvent(foldRecords(EMPTY_BOARD, sessions), told);
          const view = { ...FIRST_VIEW, mode, filter: mode.type === 'filter' ? message : '' };
          const rows = sortRows(board.rows.values(), '');
          const drawn = drawBoard({
            board,
            rows,
            view,
            size: { columns, lines },
            now: Date.parse('2026-01-02'),
          });
          expect(drawn.length).toBe(
            Math.min(lines, 3 + planLines(lines).rows + (lines < 12 ? 0 : planLines(lines).news + 1)),
          );
          for (const line of drawn) {
            expect(endOf(line)).toBeLessThanOrEqual(columns);
            expect(line.replace(/\u001b\[[0-9]*[mG]/g, '')).not.toMatch(/\p{C}/u);
          }
        },
      ),
    );
  });
});

describe('the keys', () => {
  const keys = ['a', 'b', 'c'];
  const press = (view: View, ...pressed: (string | Partial<Key>)[]): ReturnType<typeof pressKey> =>
    pressed.reduce<ReturnType<typeof pressKey>>(
      ({ view: now }, key) =>
        pressKey(
          now,
          { name: '', text: '', ...(typeof key === 'string' ? { text: key } : key) },
          { keys, pageSize: 2 },
        ),
      { view, act: null },
    );
  const ENTER = { name: 'return' };
  const ESC = { name: 'escape' };

  it('acts on the top row until one is chosen, then on that one wherever it goes', () => {
    expect(press(FIRST_VIEW, ENTER).act).toEqual({ type: 'attach', key: 'a' });
    expect(press(FIRST_VIEW, 'j', 'j', 'j', 'k', ENTER).act).toEqual({ type: 'attach', key: 'b' });
    expect(press(FIRST_VIEW, { name: 'pagedown' }, 'g').view.selected).toBeNull();
    const chosen = press(FIRST_VIEW, 'j').view;
    expect(pressKey(chosen, { name: '', text: 'a' }, { keys: ['b', 'a'], pageSize: 2 }).act).toMatchObject({
      key: 'b',
    });
  });

  it('answers only once it is shown what is asked, and what was asked about', () => {
    const { view, act } = press(FIRST_VIEW, 'a');
    expect(act).toEqual({ type: 'ask', key: 'a' });
    const early = pressKey(view, { name: 'y', text: 'y' }, { keys: ['a'], pageSize: 2 });
    expect(early).toMatchObject({ act: null, view: { mode: { type: 'answer', asks: null, text: '' } } });
    const shown: View = {
      ...view,
      mode: { type: 'answer', key: 'a', asks: 'Go on? [1 Yes | 2 No]', text: '' },
    };
    expect(press(shown, 'n', 'o', ENTER).act).toEqual({ type: 'answer', key: 'a', text: 'no' });
    expect(press(shown, ENTER).act).toBeNull();
    expect(press(shown, 'n', ESC)).toMatchObject({ act: null, view: { mode: { type: 'board' } } });
  });

  it('kills on y alone, and what was asked about, though another row has moved there', () => {
    const asked = press(FIRST_VIEW, 'x').view;
    expect(pressKey(asked, { name: 'y', text: 'y' }, { keys: ['z', 'a'], pageSize: 2 }).act).toEqual({
      type: 'kill',
      key: 'a',
    });
    for (const other of ['n', 'Y', ' ', ENTER, ESC, { name: 'paste', text: 'y' }]) {
      expect(press(asked, other)).toMatchObject({ act: null, view: { mode: { type: 'board' } } });
    }
  });

  it('sends what was typed, and nothing where nothing was', () => {
    expect(press(FIRST_VIEW, 's', 'h', 'o', { name: 'backspace' }, 'i', ENTER).act).toEqual({
      ...{ type: 'send', key: 'a', text: 'hi' },
    });
    expect(press(FIRST_VIEW, 's', ENTER).act).toBeNull();
    expect(press(FIRST_VIEW, 's', 'x', ESC)).toMatchObject({ act: null, view: { mode: { type: 'board' } } });
  });

  it('filters while it is typed, and forgets that on Esc', () => {
    expect(press(FIRST_VIEW, '/', 'a', 'b', { name: 'ctrl-u' }, 'c').view.filter).toBe('c');
    expect(press(FIRST_VIEW, '/', 'a', ENTER, '/', 'b', ESC).view.filter).toBe('a');
    expect(press(FIRST_VIEW, '/', 'a', ENTER, ESC).view.filter).toBe('');
  });

  it('acts on nothing where there is nothing, and ignores what is pasted', () => {
    for (const text of ['a', 's', 'x', 'j']) {
      expect(pressKey(FIRST_VIEW, { name: '', text }, { keys: [], pageSize: 2 })).toEqual({
        view: FIRST_VIEW,
        act: null,
      });
    }
    expect(press(FIRST_VIEW, { name: 'paste', text: 'q' }).act).toBeNull();
    expect(press(FIRST_VIEW, { name: 'ctrl-c' }).act).toEqual({ type: 'quit' });
  });

  it('scrolls no further than it must, and never past the end', () => {
    const many = Array.from({ length: 50 }, (_, index) => `${index}`);
    const at = (selected: string | null, top: number): number =>
      scrollToSelected({ ...FIRST_VIEW, selected, top }, many, 10).top;
    expect([at(null, 0), at('9', 0), at('10', 0), at('3', 7), at('49', 0), at('45', 99)]).toEqual([
      0, 0, 1, 3, 40, 40,
    ]);
  });
});

describe('the screen', () => {
  it('writes those lines alone that changed, and gives back what it took', () => {
    const written: string[] = [];
    const screen = new Screen((text) => written.push(text));
    const lastWritten = (): string => written.at(-1) ?? '';
    screen.draw(['not yet']);
    expect(written).toEqual([]);
    screen.enter();
    screen.draw(['one', 'two', 'three']);
    expect(lastWritten()).toContain('two');
    screen.draw(['one', 'TWO', 'three']);
    expect(lastWritten()).toContain('\u001b[2;1H');
    expect(lastWritten()).toContain('TWO');
    expect(lastWritten()).not.toMatch(/one|three|\u001b\[2J/);
    const count = written.length;
    screen.draw(['one', 'TWO', 'three']);
    expect(written).toHaveLength(count);
    screen.leave();
    expect(lastWritten()).toContain('\u001b[?1049l');
    screen.leave();
    expect(written).toHaveLength(count + 1);
  });
});

import { PI_TUI } from '../../../src/agent/pi/pi-tui.js';
import { readTui } from '../../../src/agent/tui/read-tui.js';

const LINE = '─'.repeat(60);
const FOOTER = ['/srv/work (main)', '↑2 ↓2 0.1%/128k (auto)                 (mock) mock-1'];
const CURSOR = '\x1b[7m \x1b[0m';
const read = (...rows: string[]) => readTui({ rows: [...rows, ...FOOTER] }, PI_TUI);

describe("pi's screen", () => {
  it('at rest shows an empty box between two lines', () => {
    expect(read(' It is done.', LINE, CURSOR, LINE)).toMatchObject({
      ...{ dialog: null, working: null, composer: { text: '', isEmpty: true } },
    });
  });

  it('shows a draft of several rows, a long one, and a paste', () => {
    expect(read(LINE, 'one', `two${CURSOR}`, LINE).composer?.text).toBe('one\ntwo');
    expect(read(`─── ↑ 3 more ${'─'.repeat(40)}`, 'the rest', LINE).composer?.text).toBe('the rest');
    expect(read(LINE, `[paste #1 +40 lines]${CURSOR}`, LINE).composer?.isPaste).toBe(true);
  });

  it('shows what was typed above a list of commands', () => {
    expect(read(LINE, '/mo', LINE, '→ model          Select model', '  more').composer?.text).toBe('/mo');
  });

  it.each([' ⠧ Working...', ' ⠋ Retrying (1/3) in 2s... (escape to cancel)', ' ⠙ Reading the tests'])(
    'works by %j',
    (row) => expect(read(row, LINE, CURSOR, LINE).working).toBe(row),
  );

  it('has a list in the place of its box, which takes the keys', () => {
    const { dialog, composer } = read(LINE, 'Choose a model', `> ${CURSOR}`, '→ mock-1 ✓', '  other', LINE);
    expect(dialog).toMatchObject({ kind: 'picker', question: 'Choose a model' });
    expect(composer).toBeNull();
  });

  it('asks in the name of an extension', () => {
    const { dialog } = read(
      ...[LINE, ' Run rm -r build?', '   Yes', ' → No'],
      ...[' ↑↓ navigate  enter select  escape cancel', LINE],
    );
    expect(dialog).toMatchObject({ question: 'Run rm -r build?', highlighted: 1, layout: 'column' });
    expect(dialog?.options.map(({ meaning }) => meaning)).toEqual(['yes', 'no']);
  });
});

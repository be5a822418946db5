import { OPENCODE_TUI } from '../../../src/agent/opencode/opencode-tui.js';
import { readTui } from '../../../src/agent/tui/read-tui.js';

const read = (...rows: string[]) => readTui({ rows }, OPENCODE_TUI);

const WIDTH = 70;
/** A text on a background of its own. */
const on = (background: number, text: string): string => `\x1b[48;5;${background}m${text}`;
/** A row of a block with a bar at its left; the text may hold styles, so that its width is given where it does. */
const bar = (text: string, { background = 234, width = text.length } = {}): string =>
  `  ${on(background, `┃${text}${' '.repeat(WIDTH - width)}`)}${on(232, '')}`;
const EDGE = `  ╹${'▀'.repeat(WIDTH)}`;
const box = (...typed: string[]): string[] => [
  ...['', ...typed, '', '  Build · Model one Provider'].map((text) => bar(text)),
  EDGE,
];
const REST = '   /srv/work                              120 (0%)  ctrl+p commands';
const button = (label: string, isMarked: boolean): string =>
  isMarked ? `${on(215, ` ${label} `)}${on(234, '')}` : ` ${label} `;

const permission = (marked: number): string[] => [
  ...['', '  △ Permission required', '    # Shell command', '', '  $ rm -r build', ''].map((text) =>
    bar(text, { background: 233 }),
  ),
  bar(''),
  bar(
    `  ${['Allow once', 'Allow always', 'Reject'].map((label, at) => button(label, at === marked)).join(' ')}  ⇆ select  enter confirm`,
    { width: 60 },
  ),
  bar(''),
];

describe("opencode's screen", () => {
  it('at rest shows an empty box, with or without its placeholder', () => {
    const empty = { text: '', isEmpty: true, isPaste: false };
    expect(read(...box('  Ask anything… "Fix broken tests"'), REST).composer).toEqual(empty);
    expect(read(...box(''), REST)).toMatchObject({ composer: empty, working: null, dialog: null });
  });

  it('shows what was typed, and not the message right above it', () => {
    const message = bar('  please do it', { background: 233 });
    expect(read(message, ...box('  one', '  two'), REST).composer?.text).toBe('one\ntwo');
    expect(read(...box('  [Pasted ~40 lines]'), REST).composer?.isPaste).toBe(true);
  });

  it.each(['   ⬝⬝⬝■■■⬝⬝  esc interrupt', '   ⬝⬝⬝■■■⬝⬝  esc again to interrupt'])('works by %j', (row) => {
    expect(read(...box(''), `${row}                 ctrl+p commands`).working).toContain('interrupt');
  });

  it.each([
    [0, 'Allow once'],
    [1, 'Allow always'],
    [2, 'Reject'],
  ])('asks for permission, with the highlight on button %i', (marked, label) => {
    const { dialog, composer } = read('     $ rm -r build', ...permission(marked));
    expect(composer).toBeNull();
    expect(dialog).toMatchObject({ kind: 'permission', layout: 'row', input: 'choice', highlighted: marked });
    expect(dialog?.options[marked]?.label).toBe(label);
    expect(dialog?.options.map(({ meaning }) => meaning)).toEqual(['yes', 'always', 'no']);
    expect(dialog?.question).toContain('$ rm -r build');
  });

  it('says nothing of the highlight where no button looks otherwise', () => {
    expect(read(...permission(-1)).dialog?.highlighted).toBeNull();
  });

  it('asks once more where it is to be always allowed', () => {
    const { dialog } = read(
      ...['  △ Always allow', '  - rm *', ''].map((text) => bar(text, { background: 233 })),
      bar(`  ${button('Confirm', true)} ${button('Cancel', false)}`, { width: 22 }),
    );
    expect(dialog?.options.map(({ meaning }) => meaning)).toEqual(['always', 'no']);
  });

  it('asks with choices', () => {
    const plain = { background: 233 };
    const { dialog } = read(
      ...['', '  Which colour?', '', '  1. Red', '     warm'].map((text) => bar(text, plain)),
      bar(`  ${on(234, '2.')} Blue${on(233, '')}`, { background: 233, width: 9 }),
      ...['     cold', '  3. Type your own answer', '', '  ↑↓ select  enter submit  esc dismiss', ''].map(
        (text) => bar(text, plain),
      ),
    );
    expect(dialog).toMatchObject({
      ...{ kind: 'question', question: 'Which colour?', highlighted: 1, layout: 'column', input: 'choice' },
      options: [{ label: 'Red', number: 1 }, { label: 'Blue' }, { label: 'Type your own answer' }],
    });
  });

  it('has a list drawn over it, which takes the keys', () => {
    const panel = (text: string): string => `     ${on(240, text.padEnd(50))}${on(232, '')}  more text`;
    const { dialog, composer } = read(
      panel(''),
      panel('    Commands                                 esc    '),
      panel('    Search'),
      ...box(''),
      REST,
    );
    expect(dialog).toMatchObject({ kind: 'picker', question: 'Commands' });
    expect(composer).toBeNull();
  });

  it('is not taken in by a permission that has scrolled up', () => {
    expect(read(...permission(0), '     Done.', ...box(''), REST)).toMatchObject({
      ...{ dialog: null, composer: { isEmpty: true } },
    });
  });
});

import { COPILOT_TUI } from '../../../src/agent/copilot/copilot-tui.js';
import { readTui } from '../../../src/agent/tui/read-tui.js';

const LINE = `\x1b[2m${'─'.repeat(60)}\x1b[0m`;
const box = (typed: string, footer: string): string[] => [' /srv/work [⎇ main]', LINE, typed, LINE, footer];
const REST = ' ← open sidebar · Interactive · Manual Approval · / commands        mock-1';
const read = (...rows: string[]) => readTui({ rows }, COPILOT_TUI);

/** Rows in a box, as its dialogs are drawn. */
const boxed = (...rows: string[]): string[] => [
  `╭${'─'.repeat(58)}╮`,
  ...rows.map((row) => `│ ${row.padEnd(56)} │`),
  `╰${'─'.repeat(58)}╯`,
];
const KEYS = '↑/↓ to navigate · enter to select · esc to cancel';

describe("Copilot's screen", () => {
  it('at rest shows an empty box', () => {
    expect(read(' ● It is done.', ...box('❯', REST))).toMatchObject({
      ...{ dialog: null, working: null, composer: { text: '', isEmpty: true } },
    });
  });

  it('shows a draft of several rows, and a paste', () => {
    const draft = read(...box('❯ first line', REST).toSpliced(3, 0, '  second line'));
    expect(draft.composer).toEqual({ text: 'first line\nsecond line', isEmpty: false, isPaste: false });
    expect(read(...box('❯ [Paste #1 - 40 lines]', REST)).composer?.isPaste).toBe(true);
  });

  it.each([
    ' ◉ Working esc esc edit prompt                                 mock-1',
    ' ○ Working · 127 B esc esc interrupt · ctrl+q enqueue           mock-1',
    ' ◎ Reading the tests · 1.2 KiB esc again to interrupt',
    ' ● Working · 3.0 KiB',
    ' ● Compacting conversation history (3s)',
  ])('works where it says so below its box: %s', (footer) => {
    expect(read(' ● I run it now.', ...box('❯', footer)).working).toBe(footer.trimEnd());
  });

  it('does not work by what stands in its answers', () => {
    expect(read(' ● Working with files is easy.', ...box('❯', REST)).working).toBeNull();
  });

  it('asks for permission', () => {
    const { dialog, composer } = read(
      ' $ Shell a short command                          5s ┃',
      ...boxed(
        ...['a short command', '─'.repeat(56), `╭${'─'.repeat(54)}╮`, `│ rm -r build${' '.repeat(42)}│`],
        ...[`╰${'─'.repeat(54)}╯`, '', 'Do you want to run this command?', ''],
        ...['❯ 1. Yes', "  2. Yes, and don't ask again for `rm` in this directory"],
        ...['  3. No, and tell Copilot what to do differently (Esc to stop)', '', KEYS],
      ),
    );
    expect(composer).toBeNull();
    expect(dialog).toMatchObject({
      ...{ kind: 'permission', question: 'Do you want to run this command?', highlighted: 0 },
      ...{ input: 'choice', layout: 'column' },
      options: [{ meaning: 'yes' }, { meaning: 'always' }, { meaning: 'no' }],
    });
  });

  it('asks whether the folder is trusted', () => {
    const { dialog } = read(
      ...boxed(
        ...['Confirm folder trust', '─'.repeat(56), 'Do you trust the files in this folder?', ''],
        ...['  1. Yes', '❯ 2. Yes, and remember this folder for future sessions', '  3. No (Esc)', '', KEYS],
      ),
    );
    expect(dialog).toMatchObject({ kind: 'trust', highlighted: 1 });
    expect(dialog?.options.map(({ meaning }) => meaning)).toEqual(['yes', 'always', 'no']);
  });

  it('asks with choices, and for a text', () => {
    const head = ['─'.repeat(60), ' Copilot needs information.', ' Which colour?'];
    const choice = read(
      ...head,
      ...['   red', ' ❯ blue', '   Other (type your answer)'],
      ...[' ↑/↓ select · enter accept · ctrl+d decline · esc cancel', '─'.repeat(60)],
    ).dialog;
    expect(choice).toMatchObject({ kind: 'question', highlighted: 1, input: 'choice' });
    const field = read(
      ...head,
      ...[LINE, ' ❯', LINE, ' enter accept · tab next · ctrl+d decline · esc cancel', '─'.repeat(60)],
    );
    expect(field.dialog).toMatchObject({
      ...{ kind: 'question', question: 'Copilot needs information.\nWhich colour?', input: 'text' },
    });
    expect(field.composer).toBeNull();
  });
});

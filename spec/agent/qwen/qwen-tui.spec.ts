import { QWEN_TUI } from '../../../src/agent/qwen/qwen-tui.js';
import { readTui } from '../../../src/agent/tui/read-tui.js';

const LINE = '─'.repeat(60);
const FOOTER = ['  ➜ work · git:(master) · mock-1', '  ⏸ Ask permissions (shift + tab to cycle)'];
const read = (...rows: string[]) => readTui({ rows: [...rows] }, QWEN_TUI);
const box = (text: string) => [LINE, text, LINE, ...FOOTER];

const QUESTION = [
  '  ? Shell make [timeout: 100000ms] (build)                 ← █',
  '                                                             █',
  '     make                                                    █',
  '                                                             █',
  "   Allow execution of: 'make'?                               █",
  '                                                             █',
];
const OPTIONS = [
  '   › 1. Yes, allow once                                      █',
  '     2. Always allow run in this project                     █',
  '     3. No, suggest changes (esc)                            █',
  '                                                             █',
];

describe("Qwen Code's screen", () => {
  it('at rest shows an empty box', () => {
    expect(read(...box('>   Type your message or @path/to/file'))).toMatchObject({
      ...{ dialog: null, working: null, composer: { text: '', isEmpty: true } },
    });
  });

  it('shows a draft, and a paste', () => {
    expect(read(...box('> fix the tests')).composer).toMatchObject({ text: 'fix the tests', isEmpty: false });
    expect(read(...box('> [Pasted Content 2400 chars]')).composer?.isPaste).toBe(true);
  });

  it('works where it can be cancelled, with a box that can be typed into', () => {
    const rest = box('>   Type your message or @path/to/file');
    const row = '  .. Thinking about it... (2s · ↓ 12 tokens · esc to cancel)';
    expect(read(row, ...rest).working).toBe(row);
    expect(read('> It says (press esc to cancel) there.', ...rest).working).toBeNull();
  });

  it('asks for permission, beside a scroll bar', () => {
    const { dialog, composer } = read(...QUESTION, ...OPTIONS, '  ⠏ Waiting for user confirmation...');
    expect(composer).toBeNull();
    expect(dialog).toMatchObject({ kind: 'permission', highlighted: 0, layout: 'column' });
    expect(dialog?.options.map(({ label, meaning }) => [label, meaning])).toEqual([
      ['Yes, allow once', 'yes'],
      ['Always allow run in this project', 'always'],
      ['No, suggest changes (esc)', 'no'],
    ]);
  });

  it('asks no more once its box is drawn below an old question', () => {
    const screen = read(...QUESTION, ...OPTIONS, ...box('>   Type your message or @path/to/file'));
    expect(screen).toMatchObject({ dialog: null, composer: { isEmpty: true } });
  });
});

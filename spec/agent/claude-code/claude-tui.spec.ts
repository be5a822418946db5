import { CLAUDE_TUI } from '../../../src/agent/claude-code/claude-tui.js';
import type { Dialog } from '../../../src/agent/tui/dialog.js';
import { readTui, type TuiReading } from '../../../src/agent/tui/read-tui.js';

const LINE = '─'.repeat(60);
const CURSOR = '\u001b[7m \u001b[0m';
const dim = (text: string): string => `\u001b[2m${text}\u001b[0m`;

const read = (...rows: string[]): TuiReading => readTui({ rows }, CLAUDE_TUI);

/** A screen at rest, with these rows in the box and these below it. */
const box = (rows: string[], below = ['  ⏸ manual mode on · ? for shortcuts']): string[] => [
  '❯ do it',
  '● Done.',
  LINE,
  ...rows,
  LINE,
  ...below,
];

/** A dialog in few words: its options, the marked one after `>`. */
const brief = ({ dialog }: TuiReading): string => (dialog ? briefly(dialog) : 'none');

const briefly = ({ kind, input, options, highlighted }: Dialog): string =>
  `${kind} ${input}: ${options.map(({ label, number, meaning }, at) => `${at === highlighted ? '>' : ''}${number ?? ''} ${label}${meaning ? ` (${meaning})` : ''}`.trim()).join('; ')}`;

describe("Claude Code's box", () => {
  it.each([
    ['nothing', [`❯\u00a0${CURSOR}`], ''],
    ['a placeholder', [`❯\u00a0${dim('Try "mend the build"')}`], ''],
    ['a draft', [`❯\u00a0half a draft${CURSOR}`], 'half a draft'],
    ['a draft of several lines', ['❯\u00a0one', '', '  two'], 'one\n\ntwo'],
    ['a command for the shell', ['!\u00a0sleep 6'], '!sleep 6'],
    ['shell mode, with nothing typed yet', [`!\u00a0${CURSOR}`], '!'],
  ])('holds %s', (_, rows, text) => {
    expect(read(...box(rows)).composer).toEqual({ text, isEmpty: text === '', isPaste: false });
  });

  it('holds a paste alone, or one with words beside it', () => {
    expect(read(...box(['❯\u00a0[Pasted text #1 +39 lines]'])).composer?.isPaste).toBe(true);
    expect(read(...box(['❯\u00a0see [Pasted text #1 +39 lines]'])).composer?.isPaste).toBe(false);
  });

  it.each([
    ['the help', ['  ! for shell mode   esc esc to clear input', ...Array<string>(8).fill('  more of it')]],
    [
      'subagents at work',
      ['  ? for shortcuts · ↓ to manage', '  ● main', '  ◯ general-purpose  look around'],
    ],
  ])('is read above %s', (_, below) => {
    expect(read(...box(['❯\u00a0'], below)).composer?.isEmpty).toBe(true);
  });

  it('is read with the menu of commands above or below it', () => {
    const above = ['  ❯ /add-dir     Add a working directory', '    /autocompact  Set how full', LINE];
    expect(read(...above, '❯\u00a0/', LINE, '  ⏸ manual mode on').composer?.text).toBe('/');
    expect(
      read(...box(['❯\u00a0/'], ['/add-dir   Add a directory', '/agents   Manage'])).composer?.text,
    ).toBe('/');
  });

  it.each([
    ['the agent was stopped', box(['❯\u00a0'], ['Claude Code is suspended. Run `fg` to bring it back.'])],
    ['a shell has the terminal again', box(['❯\u00a0'], ['bash-5.2#'])],
    ['prompts are searched', box(['❯\u00a0'], ['  search prompts:'])],
    [
      'an old prompt stands below a frame',
      ['     ╰─────────────╯', '❯ do it', '▔'.repeat(60), LINE, ' Plan?'],
    ],
    ['the whole conversation is shown', ['● ok.', LINE, '  Showing detailed transcript · ctrl+o to toggle']],
  ])('is not there while %s', (_, rows) => {
    expect(read(...rows)).toMatchObject({ composer: null, dialog: null });
  });
});

describe("Claude Code's work", () => {
  it.each([
    ['the hint at the interrupt', box(['❯\u00a0'], ['  ⏸ manual mode on · esc to interrupt'])],
    ['its spinner', ['✢ Simmering… (3s · ↓ 20 tokens)', LINE, '❯\u00a0a draft', LINE, '  ⏸ manual mode on']],
    ['a retry', ['✻ 401 invalid x-api-key · retrying in 6s · attempt 5/10', ...box(['❯\u00a0a draft'])]],
    [
      'a text that waits',
      ['❯ more', '  ⎿  Queued · ctrl+x ctrl+s to send now', ...box(['❯\u00a0x']).slice(2)],
    ],
  ])('is seen by %s', (_, rows) => {
    expect(read(...rows).working).not.toBeNull();
  });

  it('is not seen where it has ended', () => {
    expect(read('✻ Brewed for 3s · done 5:24 PM', ...box(['❯\u00a0'])).working).toBeNull();
  });
});

describe("Claude Code's dialogs", () => {
  it.each<[string, string[], string]>([
    [
      'trust of 2.1.332',
      [
        LINE,
        ' Accessing workspace:',
        ' ❯ No, exit',
        '   Yes, I trust this folder',
        ' Enter to confirm · Esc to cancel',
      ],
      'trust choice: > No, exit (no); Yes, I trust this folder (yes)',
    ],
    [
      'an unknown key',
      [
        LINE,
        '  Do you want to use this API key?',
        '    Yes',
        '  ❯ No (recommended)',
        '  Enter to confirm · Esc to cancel',
      ],
      'login choice: Yes (yes); > No (recommended) (no)',
    ],
    [
      'permission for a command, wrapped, in a narrow terminal',
      [
        LINE,
        ' Bash command',
        ' This command requires approval',
        ' Do you want to proceed?',
        ' ❯ 1. Yes',
        "   2.Yes, and don't ask again for similar commands in /srv/",
        '     shop',
        '   3. No',
        ' Esc to cancel · Tab to amend',
      ],
      "permission choice: >1 Yes (yes); 2 Yes, and don't ask again for similar commands in /srv/ shop (always); 3 No (no)",
    ],
    [
      'permission in auto mode',
      [LINE, ' Do you want to proceed?', ' ❯ No', '   Yes', ' Esc to cancel'],
      'permission choice: > No (no); Yes (yes)',
    ],
    [
      'a plan',
      [
        '▔'.repeat(60),
        `  ${LINE}`,
        '   Exit plan mode?',
        '   Claude wants to exit plan mode',
        '   ❯ 1. Yes',
        '     2. No',
      ],
      'plan choice: >1 Yes (yes); 2 No (no)',
    ],
    [
      'a review of answers',
      [LINE, '←  ☒ Colours  ✔ Submit  →', 'Review your answers', '❯ 1. Submit answers', '  2. Cancel'],
      'question choice: >1 Submit answers (yes); 2 Cancel (no)',
    ],
    [
      'a list that is searched',
      [
        LINE,
        '  Resume session',
        '  ╭──────╮',
        '  │ ⌕ Search…  │',
        '  ╰──────╯',
        '  ❯ do it',
        '    5 s ago',
        '  Enter to resume · Esc to close',
      ],
      'picker choice: resume; close (no)',
    ],
    [
      'a list below the box',
      box(['❯\u00a0'], ['  ↑/↓ to select', '❯ ● main', '  ◯ general-purpose  look']),
      'picker choice: > main; general-purpose  look',
    ],
    [
      'a form of an MCP server',
      [
        LINE,
        '  MCP server “asker” requests your input',
        '  Which town?',
        '  ❯ * Town: Type something…',
        '    Accept    Decline',
        '  Esc to cancel · ↑/↓ to navigate',
      ],
      'question choice: Accept (yes); Decline; Cancel (no)',
    ],
    [
      'one that names its keys alone',
      [
        LINE,
        "  Auto mode can't check actions",
        '  Enter to stay in auto mode · shift+Tab to leave',
        '  it · Esc to cancel',
      ],
      'other choice: stay in auto mode; cancel (no)',
    ],
  ])('are read: %s', (_, rows, expected) => {
    expect(brief(read('❯ do it', ...rows))).toBe(expected);
  });

  const question = (...rows: string[]): string[] => [
    LINE,
    '←  ☐ Colour  ✔ Submit  →',
    'Which colour?',
    ...rows,
    LINE,
    '  4. Chat about this',
    'Enter to select · ↑/↓ to navigate · Esc to cancel',
  ];

  it('are read: a question, whose options have descriptions', () => {
    const rows = ['❯ 1. red', '     red it is', '  2. blue', '     blue it is', '  3. Type something.'];
    expect(brief(read(...question(...rows)))).toBe(
      'question choice: >1 red; 2 blue; 3 Type something.; 4 Chat about this',
    );
    expect(read(...question(...rows)).dialog?.question).toBe('Which colour?');
  });

  it('are the same when a text is typed into one of their options', () => {
    const rows = ['  1. red', '  2. blue', '❯ 3. purple'];
    expect(brief(read(...question(...rows)))).toBe(
      'question choice: 1 red; 2 blue; >3 Type something.; 4 Chat about this',
    );
  });

  it('are read: a question with several answers, down to its button', () => {
    const rows = ['  1. [✔] red', '  red it is', '  2. [ ] blue', '  3. [ ] Type something', '❯    Submit'];
    const { dialog } = read(...question(...rows));
    expect(dialog && briefly(dialog)).toBe(
      'question several: 1 red; 2 blue; 3 Type something.; > Submit; 4 Chat about this',
    );
    expect(dialog?.options.map(({ isChecked }) => isChecked)).toEqual([
      true,
      false,
      false,
      undefined,
      undefined,
    ]);
  });

  it.each([
    [
      'an answer that looks like one',
      ['● Choose:', '  ❯ 1. Yes', '    2. No', '  Do you want to proceed?', '  Esc to cancel'],
    ],
    ['a code block', ['● Run it:', '  ❯ npm test']],
  ])('are not seen in %s', (_, rows) => {
    const reading = read(...rows, ...box(['❯\u00a0']).slice(2));
    expect(reading.dialog).toBeNull();
    expect(reading.composer?.isEmpty).toBe(true);
  });
});

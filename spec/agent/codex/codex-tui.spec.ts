import { CODEX_TUI } from '../../../src/agent/codex/codex-tui.js';
import { readTui } from '../../../src/agent/tui/read-tui.js';

const DIM = '\x1b[2m';
const BOLD = '\x1b[1m';
const MARKED = '\x1b[1;7m';
const OFF = '\x1b[0m';

const EMPTY_BOX = `${BOLD}›${OFF} ${DIM}Ask Codex to do anything${OFF}`;
const STATUS = '  gpt-5.2-codex default · /srv/shop · press enter, or esc';
const HINTS = `  ${BOLD}?${OFF} for shortcuts                     ⚠ 1 warning · f2 to view`;
const FOOTER = ['', STATUS, HINTS];
/** A prompt of before, in the conversation. */
const past = (text: string): string => `${BOLD}\x1b[2m› ${OFF}${text}`;
const box = (text: string): string => `${BOLD}›${OFF} ${text}`;
const marked = (text: string): string => `${MARKED}› ${text}${OFF}`;

const read = (...rows: string[]) => readTui({ rows: [...rows, '', ''] }, CODEX_TUI);

describe("Codex's box", () => {
  it.each([
    ['an empty box', [EMPTY_BOX, ...FOOTER], ''],
    ['a box below old prompts', [past('do it'), '', '• Done.', '', EMPTY_BOX, ...FOOTER], ''],
    ['a placeholder of an older version', [`${BOLD}›${OFF} ${DIM}Run /review`, '', STATUS], ''],
    ['a draft', [box('hello'), ...FOOTER], 'hello'],
    ['a draft of several rows', [box('one'), '  two', '', '  three', ...FOOTER], 'one\ntwo\n\nthree'],
    [
      'a draft that begins like an option',
      [box('1. first'), '  2. second', ...FOOTER],
      '1. first\n2. second',
    ],
    ['a shell command', [`${BOLD}\x1b[38;5;9m!${OFF} ls`, ...FOOTER], '!ls'],
    ['a command and its menu', [box('/'), '', '  /model  choose what model to use', '  /ide'], '/'],
    ['a file and its menu', [box('@'), '', '> README.md', '', '  enter insert · esc close'], '@'],
    ['a menu above the box', ['', '› shop.ts   File', '  shop.md   File', '', box('@sh'), ...FOOTER], '@sh'],
  ])('holds: %s', (_, rows, text) => {
    const { composer, dialog } = read(...rows);
    expect({ dialog, ...composer }).toEqual({ dialog: null, text, isEmpty: text === '', isPaste: false });
  });

  it('takes no Enter yet while Codex starts', () => {
    expect(read(EMPTY_BOX, '', '  ? for shortcuts').composer).toMatchObject({
      isEmpty: true,
      isStarting: true,
    });
    expect(read(EMPTY_BOX, ...FOOTER).composer).not.toHaveProperty('isStarting');
  });

  it('holds a paste', () => {
    expect(read(box('[Pasted Content 1500 chars]'), ...FOOTER).composer).toMatchObject({ isPaste: true });
  });

  it('is no question in the conversation above it, however it looks', () => {
    const text = [
      '› 1. Yes, proceed (y)',
      '  2. No (esc)',
      '',
      '  Press enter to confirm or esc to cancel',
      '',
    ];
    expect(read(...text, EMPTY_BOX, ...FOOTER)).toMatchObject({ dialog: null, composer: { isEmpty: true } });
  });
});

describe("Codex's sign of work", () => {
  it.each([
    '• Working (2s • esc to interrupt)',
    '◦ Working (1m 02s • esc to interrupt) · 1 background terminal running · /ps to view',
    'Working (0s • esc to interrupt)',
    '  Waiting for startup  · esc cancel',
    '• Reconnecting... 2/5 (1h 04m 02s • esc to interrupt)',
  ])('is %s', (row) => {
    expect(read('• Reading', '', row, '', EMPTY_BOX, ...FOOTER).working).toBe(row);
  });

  it('is no text about it', () => {
    const text = '  • It prints "Working (2s" and esc to interrupt.';
    expect(read(text, '', EMPTY_BOX, ...FOOTER).working).toBeNull();
  });
});

describe("Codex's dialogs", () => {
  const OPTIONS = [
    '  1. Yes, proceed (y)',
    marked("2. Yes, and don't ask again for commands that start with `/srv/a-long-name"),
    '     --with-options` (p)',
    '  3. No, and tell Codex what to do differently (esc)',
    '',
    '  Press enter to confirm or esc to cancel',
  ];

  it('ask for leave to run a command', () => {
    const { dialog, composer } = read(
      ...[past('1. do it'), '', '  Would you like to run the following command?', '', '  $ make all', '', ''],
      ...OPTIONS,
    );
    expect(composer).toBeNull();
    expect(dialog).toMatchObject({
      ...{ kind: 'permission', highlighted: 1, input: 'choice', layout: 'column' },
      question: 'Would you like to run the following command?\n$ make all',
      options: [
        { label: 'Yes, proceed (y)', meaning: 'yes' },
        { label: expect.stringMatching(/a-long-name --with-options` \(p\)$/) as string, meaning: 'always' },
        { label: 'No, and tell Codex what to do differently (esc)', meaning: 'no' },
      ],
    });
  });

  it.each([
    [
      'trust',
      ['  Folder access', '  /srv/shop', '', '  Trust this folder? Codex can run files.', ''],
      ['Trust and continue', 'Back to Agent Command Center'],
      ['yes', 'no'],
      'enter continue · esc back',
    ],
    [
      'trust',
      [
        '> You are in /srv/shop',
        '',
        '  Do you trust the contents of this directory? It may',
        '  be bad.',
        '',
      ],
      ['Yes, continue', 'No, quit'],
      ['yes', 'no'],
      'Press enter to continue',
    ],
    [
      'trust',
      ['  Hooks need review', '  1 hook is new or changed.', ''],
      ['Review hooks', 'Trust all and continue', "Continue without trusting (hooks won't run)"],
      [null, 'yes', 'no'],
      'enter confirm · esc skip',
    ],
    [
      'plan',
      ['  Implement this plan?', ''],
      ['Yes, implement this plan   Switch to Default', 'No, stay in Plan mode   Go on'],
      ['yes', 'no'],
      'Press enter to confirm or esc to go back',
    ],
    [
      'update',
      ['  ✨ Update available! 0.142.3 -> 0.171.0', ''],
      ['Update now (runs `npm install`)', 'Skip'],
      [null, 'no'],
      'Press enter to continue',
    ],
    [
      'login',
      ['  Choose how you want to use Codex.', ''],
      ['Sign in with ChatGPT', 'Sign in another way'],
      [null, null],
      'Press enter to continue',
    ],
    [
      'picker',
      ['  Update Model Permissions', ''],
      ['Ask for approval (current)', 'Approve for me'],
      [null, null],
      'enter select · esc back',
    ],
    [
      'permission',
      ['  Would you like to grant these permissions?', '', '  Permission rule: write `/srv`', ''],
      ['Yes, grant these permissions for this turn (y)', 'Yes, grant these permissions for this session (a)'],
      ['yes', 'always'],
      'Press enter to confirm or esc to cancel',
    ],
  ])('are of the kind %s', (kind, question, labels, meanings, hint) => {
    const options = labels.map((label, at) => (at === 0 ? marked(`1. ${label}`) : `  ${at + 1}. ${label}`));
    const { dialog, composer } = read(
      '  Would you like to go on?',
      '',
      ...question,
      ...options,
      '',
      `  ${hint}`,
    );
    expect(composer).toBeNull();
    expect(dialog).toMatchObject({ kind, highlighted: 0, question: asText(question) });
    expect(dialog?.options.map(({ meaning }) => meaning)).toEqual(meanings);
  });

  const QUESTION = ['  Question 1/2 (2 unanswered)', '  Which colour?', ''];
  const COLOURS = ['    1. Red  warm', '            and bright', `  ${marked('2. Blue  cold')}`];

  it('ask what to choose', () => {
    const rows = [
      past('do it'),
      '',
      ...QUESTION,
      ...COLOURS,
      '',
      '  tab to add notes | enter to submit answer',
    ];
    expect(read(...rows).dialog).toMatchObject({
      ...{ kind: 'question', highlighted: 1, question: 'Question 1/2 (2 unanswered)\nWhich colour?' },
      options: [{ label: 'Red  warm and bright' }, { label: 'Blue  cold' }],
    });
  });

  it('take notes to a choice, which Enter sends', () => {
    const notes = ['', `  ${BOLD}›${OFF} a note`, '', '  tab or esc to clear notes | enter to submit answer'];
    expect(read(past('do it'), '', ...QUESTION, ...COLOURS, ...notes).dialog).toMatchObject({
      ...{ kind: 'question', input: 'text', options: [], highlighted: null },
      question: 'Question 1/2 (2 unanswered)\nWhich colour?',
    });
  });

  it('take a key at the first start', () => {
    const rows = ['> Use your own OpenAI API key', '', '╭API key───╮', '│Paste it  │', '╰──────────╯'];
    expect(read(...rows, '  Press enter to save', '  Press esc to go back').dialog).toMatchObject({
      ...{ kind: 'login', input: 'text', highlighted: null },
    });
  });

  it('offer conversations to resume', () => {
    const rows = [
      '  Resume a previous session',
      '  Type to search',
      '',
      '  › 2m ago   mend it',
      '    1h ago   test it',
    ];
    const hints = [
      `─────── 1 / 2 · 100% ─`,
      ' enter resume   ^a archive   esc start new',
      ' ^o comfortable view   ↑/↓ browse',
    ];
    expect(read(...rows, hints[0] ?? '', ...hints.slice(1)).dialog).toMatchObject({
      ...{ kind: 'picker', highlighted: 0 },
      options: [{ label: '2m ago   mend it' }, { label: '1h ago   test it' }],
    });
  });
});

const asText = (rows: readonly string[]): string =>
  rows
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .join('\n');

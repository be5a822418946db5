import type { Dialog } from '../tui/dialog.js';
import type { StyledRow } from '../tui/styled-row.js';
import type { FoundComposer, TuiRules } from '../tui/tui-rules.js';

/** A line across the screen, above and below the box; it says how many rows are scrolled out of sight. */
const LINE = /^─{20,}$|^─{3} [↑↓] \d+ more ─+$/;

/** What marks the chosen row of a list that stands in the place of the box. */
const CHOSEN = /^ ?[→›] \S/;

/** The row for the words by which such a list is searched. */
const SEARCH = /^> /;

/** How far above the bottom the box may end: its own two rows, and those of a list of commands. */
const ROWS_BELOW = 14;

/** The most rows between the two lines. */
const MOST_ROWS = 30;

/** How pi's screen looks; read off version 0.73.1. Its box stands between two lines, and bears no mark. */
export const PI_TUI: TuiRules = {
  composer: null,
  readComposer,
  working: [/^ ?[⠁-⣿] \S/, /\(\S+ to cancel\)$/],
  composerMeansRest: true,
  marker: '→',
  dialogs: [],
  footer: [/^(~|\/)\S*( \(.*\))?$/, /\d%\/\d+(\.\d+)?[kM]?\b/],
  readDialog: readList,
  typing: {
    enterGuardMs: 60,
    commands: [
      { when: /^\//, what: 'runs a command of pi' },
      { when: /^!/, what: 'runs a shell command' },
      { when: /(^|\s)@\S/, what: 'opens the picker for files' },
    ],
    refused: [{ when: /\\$/, why: 'pi takes a backslash at the end, with Enter, for a new line' }],
  },
};

interface Frame {
  /** The two lines, by their place in the rows. */
  from: number;
  to: number;
  texts: string[];
}

/** What stands between the last two lines. */
function findFrame(rows: readonly StyledRow[]): Frame | null {
  const to = rows.findLastIndex(({ text }) => LINE.test(text));
  const from = rows.slice(0, Math.max(0, to)).findLastIndex(({ text }) => LINE.test(text));
  if (from < 0 || to - from > MOST_ROWS || rows.length - 1 - to > ROWS_BELOW) return null;
  return { from, to, texts: rows.slice(from + 1, to).map(({ text }) => text) };
}

function readComposer(all: readonly StyledRow[]): FoundComposer | null {
  const rows = all.filter(({ text }) => text !== '');
  const frame = findFrame(rows);
  if (!frame || frame.texts.some((text) => CHOSEN.test(text))) return null;
  const text = frame.texts
    .map((row) => row.trim())
    .join('\n')
    .trim();
  const placeOf = (index: number): number => rows[index]?.row ?? 0;
  const isPaste = /\[paste #\d+( \+\d+ lines| \d+ chars)?\]/.test(text);
  return {
    composer: { text, isEmpty: text === '', isPaste },
    from: placeOf(frame.from),
    to: placeOf(frame.to),
  };
}

/** A list of models, sessions or settings. */
function readList(rows: readonly StyledRow[]): Dialog | null {
  const texts = findFrame(rows)?.texts ?? [];
  const isList = texts.some((text) => SEARCH.test(`${text} `)) && texts.some((text) => CHOSEN.test(text));
  if (!isList) return null;
  return {
    ...{ kind: 'picker', question: texts[0]?.trim() ?? '', options: [], highlighted: null },
    ...{ input: 'choice', layout: 'keys' },
  };
}

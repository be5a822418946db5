import { meaningOf, type Dialog, type DialogKind, type DialogOption } from '../tui/dialog.js';
import type { StyledRow } from '../tui/styled-row.js';
import type { FoundComposer, TuiRules } from '../tui/tui-rules.js';

/** The lower edge of the box for a person's text. */
const LOWER_EDGE = /╹▀{10,}/;

/** What stands in the box while it is empty, before the first prompt. */
const PLACEHOLDER = /^(Ask anything|Run a command)(…|\.\.\.)/;

/** A key and what it does, which stand below what they are for, or beside it. */
const KEYS = /^(ctrl\+\w|⇆|↑↓|enter\b|esc\b|tab\b)/;

/** The head of a question for permission, which is answered with buttons in a row. */
const PERMISSION = /^\s*△\s+(?<title>Permission required|Always allow|Reject permission)/;

const OPTION = /^ {2}(?<number>\d{1,2})\.\s+(?:\[(?<check>[ ✓])\]\s)?(?<label>\S.*?)\s*$/;

/** The head of a list that is drawn over the rest, with the key that closes it. */
const OVERLAY = /^ {2,}(?<title>\S.*?) {3,}esc *$/;

/** How opencode's screen looks; read off version 1.18.33. A highlight is nothing but another background. */
export const OPENCODE_TUI: TuiRules = {
  composer: null,
  readComposer,
  working: [/\besc (again to )?interrupt\b/],
  composerMeansRest: true,
  marker: '❯',
  dialogs: [],
  readDialog: (rows) => readOverlay(rows) ?? readPermission(rows) ?? readQuestion(rows),
  typing: {
    enterGuardMs: 100,
    commands: [
      { when: /^\//, what: 'runs a command of opencode' },
      { when: /^!/, what: 'turns on shell mode' },
      { when: /(^|\s)@\S/, what: 'opens the picker for files and agents' },
    ],
  },
};

/** What a block with a bar at its left holds; its rows are named by their place in `rows`. */
interface Block {
  from: number;
  to: number;
  /** The column of the bar. */
  column: number;
  texts: string[];
}

/** The block that ends at a row: the rows right above one another that have the bar in this column. */
function blockEnding(rows: readonly StyledRow[], to: number, column: number, end?: number): Block {
  const background = rows[to]?.background[column + 1];
  let from = to;
  while (from > 0) {
    const above = rows[from - 1];
    if (above?.text[column] !== '┃' || above.row !== (rows[from]?.row ?? 0) - 1) break;
    // A message that stands right above the box has another background.
    if (end !== undefined && above.background[column + 1] !== background) break;
    from -= 1;
  }
  const texts = rows.slice(from, to + 1).map(({ text }) => text.slice(column + 1, end).trimEnd());
  return { from, to, column, texts };
}

function readComposer(all: readonly StyledRow[]): FoundComposer | null {
  const rows = all.filter(({ text }) => text !== '');
  const to = rows.findLastIndex(({ text }) => LOWER_EDGE.test(text));
  const edge = LOWER_EDGE.exec(rows[to]?.text ?? '');
  if (!edge || rows.length - 1 - to > 4 || rows[to - 1]?.text[edge.index] !== '┃') return null;
  const block = blockEnding(rows, to - 1, edge.index, edge.index + edge[0].length);
  // Its last row names the agent and the model.
  const text = block.texts
    .slice(0, -1)
    .map((row) => row.trim())
    .join('\n')
    .trim();
  const isEmpty = text === '' || PLACEHOLDER.test(text);
  return {
    composer: { text: isEmpty ? '' : text, isEmpty, isPaste: /\[Pasted ~\d+ lines\]/.test(text) },
    from: rows[block.from]?.row ?? 0,
    to: rows[to]?.row ?? 0,
  };
}

/** The last block of the screen, which a dialog puts in the place of the box. */
function lastBlock(rows: readonly StyledRow[]): Block | null {
  const to = rows.length - 1;
  const column = rows[to]?.text.indexOf('┃') ?? -1;
  return column < 0 || column > 4 ? null : blockEnding(rows, to, column);
}

function readPermission(rows: readonly StyledRow[]): Dialog | null {
  const block = lastBlock(rows);
  const head = block?.texts.findLastIndex((text) => PERMISSION.test(text)) ?? -1;
  if (!block || head < 0) return null;
  const title = PERMISSION.exec(block.texts[head] ?? '')?.groups?.['title'] ?? '';
  const own = block.texts.slice(head);
  const buttons = own.findLastIndex((text) => cellsOf(text).some(({ label }) => !KEYS.test(label)));
  const cells = cellsOf(own[buttons] ?? '').filter(({ label }) => !KEYS.test(label));
  const question = own.slice(0, Math.max(1, buttons)).map((text) => text.trim());
  const asked = question.filter((text) => text !== '').join('\n');
  if (title === 'Reject permission' || cells.length < 2) return textDialog('permission', asked);
  const row = rows[block.from + head + buttons];
  const beside = row?.background[block.column + 1];
  const marked = cells.flatMap(({ column }, index) =>
    row?.background[block.column + 1 + column] === beside ? [] : [index],
  );
  return {
    ...{ kind: 'permission', question: asked, input: 'choice', layout: 'row' },
    options: cells.map(({ label }): DialogOption => ({
      ...{ label, number: null, key: null },
      // What is confirmed at the second question is that it is always allowed.
      meaning: title === 'Always allow' && label === 'Confirm' ? 'always' : meaningOf(label),
    })),
    highlighted: marked.length === 1 ? (marked[0] ?? null) : null,
  };
}

/** What stands in a row, two blanks or more apart, and in which column it begins. */
function cellsOf(text: string): { label: string; column: number }[] {
  return [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => ({ label: match[0], column: match.index }));
}

function readQuestion(rows: readonly StyledRow[]): Dialog | null {
  const block = lastBlock(rows);
  const keys = block?.texts.findLastIndex((text) => /\besc dismiss\b/.test(text)) ?? -1;
  if (!block || keys < 0) return null;
  const found = block.texts.flatMap((text, index) => {
    const groups = index < keys ? OPTION.exec(text)?.groups : undefined;
    return groups ? [{ index, groups }] : [];
  });
  const first = found[0]?.index ?? keys;
  const question = block.texts.slice(0, first).map((text) => text.trim());
  const asked = question.filter((text) => text !== '').join('\n');
  if (found.length === 0) return textDialog('question', asked);
  const marked = found.flatMap(({ index, groups }, at) => {
    const row = rows[block.from + index];
    const column =
      block.column + 1 + (row?.text.slice(block.column + 1).indexOf(groups['number'] ?? '') ?? 0);
    return row?.background[column] === row?.background[block.column + 1] ? [] : [at];
  });
  const isSeveral = found.some(({ groups }) => groups['check'] !== undefined);
  return {
    ...{ kind: 'question', question: asked, layout: 'column', input: isSeveral ? 'several' : 'choice' },
    options: found.map(({ groups }): DialogOption => {
      const label = groups['label'] ?? '';
      const check = groups['check'];
      const option = { label, number: Number(groups['number']), meaning: meaningOf(label), key: null };
      return check === undefined ? option : { ...option, isChecked: check !== ' ' };
    }),
    highlighted: marked.length === 1 ? (marked[0] ?? null) : null,
  };
}

const textDialog = (kind: DialogKind, question: string): Dialog => ({
  ...{ kind, question, options: [], highlighted: null, input: 'text', layout: 'keys' },
});

/** A list of commands, sessions or models that is drawn over the rest, and takes the keys that are typed. */
function readOverlay(rows: readonly StyledRow[]): Dialog | null {
  for (const [index, { text, background }] of rows.entries()) {
    const at = / {3,}esc(?= |$)/.exec(text);
    if (!at) continue;
    const esc = at.index + at[0].length - 3;
    let from = esc;
    while (from > 0 && background[from - 1] === background[esc]) from -= 1;
    const title = OVERLAY.exec(text.slice(from, esc + 3))?.groups?.['title'];
    // Where it begins in the column of a bar, it is no list but what a message says.
    const isOver = background[esc] !== '' && from > 0 && background[from - 1] !== undefined;
    const above = rows[index - 1];
    const isPadded =
      above?.background[from] === background[esc] && above?.text.slice(from, esc).trim() === '';
    if (title === undefined || !isOver || !isPadded || text[from - 1] === '┃') continue;
    return {
      ...{ kind: 'picker', question: title, options: [], highlighted: null },
      ...{ input: 'choice', layout: 'keys' },
    };
  }
  return null;
}

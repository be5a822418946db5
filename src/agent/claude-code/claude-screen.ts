import type { Dialog, DialogKind, DialogOption } from '../tui/dialog.js';
import { isDimText, isRule } from '../tui/read-tui.js';
import type { StyledRow } from '../tui/styled-row.js';
import type { FoundComposer } from '../tui/tui-rules.js';

/** A line from side to side, which may bear a name. */
const LINE = /^─{4,}/;

/** The first row of the box: its mark, `!` in shell mode, and a space that is not a plain one. */
const PROMPT = /^(?<mark>[❯!#])(?:[ \u00a0](?<text>.*))?$/;

/** What stands for a long paste. */
const PASTE = /^\[Pasted text #\d+( \+\d+ lines?)?\]$/;

/** A list below the box has taken the keys: of subagents, of commands in the background. */
const FOCUSED_LIST = /^ {0,2}❯ |^ {2}search prompts:/;

/** A menu of commands or files, which 2.1.197 draws below the box without an indent. */
const MENU = /^([/+*◇] ?\S| )/;

const ENTER = '\r';
const ESCAPE = '\u001b';

/**
 * Finds the box: rows between two lines from side to side, of which the first begins with the mark, and the others are
 * indented. Below it stand indented rows alone; what a shell prints after the agent has left is not.
 */
export function readClaudeComposer(rows: readonly StyledRow[]): FoundComposer | null {
  const bottom = rows.findLastIndex(({ text }) => LINE.test(text));
  const from = rows.findLastIndex(({ text }, index) => index < bottom && PROMPT.test(text));
  const first = rows[from];
  if (!first || !LINE.test(rows[from - 1]?.text ?? '')) return null;
  const more = rows.slice(from + 1, bottom);
  const below = rows.slice(bottom + 1);
  const isIndented = ({ text }: StyledRow): boolean => text === '' || text.startsWith('  ');
  const opensMenu =
    /^❯.(\/|.*@)/.test(first.text) && below.every(({ text }) => text === '' || MENU.test(text));
  if (!more.every(isIndented) || !(opensMenu || below.every(isIndented))) return null;
  if (below.some(({ text }) => FOCUSED_LIST.test(text))) return null;
  const { mark = '', text: typed = '' } = PROMPT.exec(first.text)?.groups ?? {};
  const isShell = mark !== '❯';
  const text = [`${isShell ? mark : ''}${typed}`, ...more.map((row) => row.text.trim())].join('\n').trim();
  const isEmpty = text === '' || (!isShell && more.length === 0 && isDimText(first, typed));
  return {
    composer: { text: isEmpty ? '' : text, isEmpty, isPaste: PASTE.test(text) },
    from,
    to: bottom - 1,
  };
}

/** Reads the dialogs whose options are no plain column of rows. */
export function readClaudeDialog(rows: readonly StyledRow[]): Dialog | null {
  const texts = rows.map(({ text }) => text);
  return readList(texts) ?? readQuestion(texts) ?? readForm(texts) ?? readSearch(texts);
}

/** The list below the box that has taken the keys. */
function readList(texts: readonly string[]): Dialog | null {
  const bottom = texts.findLastIndex((text) => LINE.test(text));
  const list = texts.slice(bottom + 1);
  if (!PROMPT.test(texts[bottom - 1] ?? '') || !LINE.test(texts[bottom - 2] ?? '')) return null;
  const rows = list.filter((text) => /^(❯| {1,2}❯| ) +[●◯○⏵] /.test(text));
  const highlighted = rows.findIndex((text) => FOCUSED_LIST.test(text));
  if (highlighted < 0) return null;
  const options = rows.map((text) => optionOf(text.replace(/^[\s❯]*[●◯○⏵] /, '').trim(), null));
  return { ...choice('picker', list[0]?.trim() ?? '', options), highlighted };
}

const optionOf = (label: string, number: number | null): DialogOption => ({
  ...{ label, number, meaning: null, key: null },
});

const choice = (kind: DialogKind, question: string, options: DialogOption[]): Dialog => ({
  ...{ kind, question, options, highlighted: null, input: 'choice', layout: 'column' },
});

/** One option of a question of the model's; of several that can be checked, the last is a button without a number. */
const OPTION =
  /^(?<mark>❯| ) (?:(?<number>\d{1,2})\. ?(?:\[(?<check>[^\]])\] )?| {3}(?=(?:Submit|Next)$))(?<label>.+)$/;

/** The last option of each question, below a line of its own. */
const LAST_OPTION = /^(❯| ) +\d{1,2}\. Chat about this\b/;

/** What stands for a text of one's own, and what that option is called once it holds one. */
const OWN_TEXT = 'Type something.';

/**
 * A question of the model's (AskUserQuestion): its options with what each means below them, the last but one for a text of
 * one's own, a line, and one more option.
 */
function readQuestion(texts: readonly string[]): Dialog | null {
  const last = texts.findLastIndex((text) => LAST_OPTION.test(text));
  if (last < 0 || texts.length - 1 - last > 4 || !isRule(texts[last - 1] ?? '')) return null;
  const head = texts.findLastIndex((text, index) => index < last - 1 && LINE.test(text));
  const block = texts.slice(head + 1, last + 1);
  const found = block.flatMap((text, at) => {
    const groups = OPTION.exec(text)?.groups;
    return groups ? [{ at, ...groups }] : [];
  }) as { at: number; mark: string; number?: string; check?: string; label: string }[];
  const numbered = found.filter(({ number }) => number !== undefined);
  const isInOrder = numbered.every(({ number }, index) => Number(number) === index + 1);
  if (head < 0 || numbered.length < 2 || !isInOrder) return null;
  const own = numbered.at(-2);
  const options = found.map((option): DialogOption => {
    const { number, check, label } = option;
    return {
      ...optionOf(option === own ? OWN_TEXT : label.trim(), number === undefined ? null : Number(number)),
      ...(check === undefined ? {} : { isChecked: check !== ' ' }),
    };
  });
  const marked = found.findIndex(({ mark }) => mark === '❯');
  const question = block
    .slice(0, found[0]?.at)
    .filter((text) => text !== '' && !/^(←| [☐☒✔] )/.test(text))
    .map((text) => text.trim());
  return {
    ...choice('question', question.join('\n'), options),
    highlighted: marked < 0 ? null : marked,
    input: found.some(({ check }) => check !== undefined) ? 'several' : 'choice',
  };
}

/** A form that an MCP server asks to be filled in: fields, and two buttons side by side. */
function readForm(texts: readonly string[]): Dialog | null {
  const head = texts.findLastIndex((text) => /^ {2}MCP server .* requests your input/.test(text));
  const buttons = texts.findLastIndex((text) => /^ {2}(❯| ) Accept {2,}Decline$/.test(text));
  if (head < 0 || buttons < head || texts.length - 1 - buttons > 4) return null;
  const field = texts.findIndex((text, index) => index > head && /^ {2}(❯| ) [ *✔✗!]? ?\S/.test(text));
  const accept: DialogOption = { ...optionOf('Accept', null), meaning: 'yes' };
  const cancel: DialogOption = { ...optionOf('Cancel', null), meaning: 'no', key: ESCAPE };
  return {
    ...choice('question', joined(texts.slice(head, field)), [accept, optionOf('Decline', null), cancel]),
    layout: 'keys',
  };
}

const joined = (texts: readonly string[]): string =>
  texts
    .map((text) => text.trim())
    .filter((text) => text !== '' && !isRule(text))
    .join('\n');

/** What a row of key hints says of Enter and Escape: "Enter to confirm · Esc to cancel". */
const HINTS = /(?:^|· )(?<key>Enter|Esc) to (?<what>[^·]+)/gm;

/** The rows from the line that begins a dialog on. */
function dialogRows(texts: readonly string[]): readonly string[] {
  return texts.slice(texts.findLastIndex((text) => LINE.test(text) || /^▔{8,}/.test(text)) + 1);
}

/** A list that is searched by typing. */
function readSearch(texts: readonly string[]): Dialog | null {
  const isOpen = dialogRows(texts).some((text) => SEARCH.test(text));
  return isOpen ? readKeys(texts, 'picker') : null;
}

const SEARCH = /^ {2}│ ⌕ /;

/**
 * A dialog that is answered by keys alone: a line or `▔`, text, and at the bottom which keys do what. It is asked for where
 * no box and no menu is drawn.
 */
export const readClaudeKeys = (rows: readonly StyledRow[]): Dialog | null =>
  readKeys(
    rows.map(({ text }) => text),
    'other',
  );

function readKeys(texts: readonly string[], kind: DialogKind): Dialog | null {
  const block = dialogRows(texts);
  const hints = [
    ...block
      .slice(-3)
      .map((text) => text.trim())
      .join('\n')
      .matchAll(HINTS),
  ].map(({ groups: { key = '', what = '' } = {} }) => ({ key, label: what.replace(/\s+/g, ' ').trim() }));
  if (!hints.some(({ key }) => key === 'Esc')) return null;
  const options = hints.map(({ key, label }): DialogOption => {
    const isEscape = key === 'Esc';
    return { ...optionOf(label, null), meaning: isEscape ? 'no' : null, key: isEscape ? ESCAPE : ENTER };
  });
  const asked = block.slice(0, -1).filter((text) => !text.includes('│'));
  return { ...choice(kind, joined(asked.slice(0, MOST_ROWS)), options), layout: 'keys' };
}

/** As many rows at most are a dialog's question. */
const MOST_ROWS = 16;

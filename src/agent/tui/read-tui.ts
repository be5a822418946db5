import type { TerminalScreen } from '../../runtime/runtime.js';
import { meaningOf, type Dialog, type DialogOption } from './dialog.js';
import { readRows, type StyledRow } from './styled-row.js';
import type { Composer, ComposerRule, FoundComposer, TuiRules } from './tui-rules.js';

/** How many rows at the bottom, blank ones left out, may show a sign of work or belong to a dialog. */
const BOTTOM_ROWS = 40;

/** A sign of work stands this close to the box: rows that are not blank. */
const WORKING_ROWS = 14;

/** As many rows at most may stand below a dialog's last option. */
const FOOTER_ROWS = 6;

/** As many rows at most above its first option are its question. */
const QUESTION_ROWS = 16;

/** What an agent's screen shows. */
export interface TuiReading {
  /** The open dialog, which takes the keys. */
  dialog: Dialog | null;
  /** The box for a person's text; null where none is drawn, or where a dialog is open. */
  composer: Composer | null;
  /** The row that shows that it works. */
  working: string | null;
  /** The last rows that are not blank, as evidence. */
  bottom: string[];
  /** The prompts that stand in the conversation, in their order; absent where the screen does not tell. */
  prompts?: readonly string[];
}

/** Reads an agent's screen: what is drawn at the bottom now, and nothing that has scrolled up. */
export function readTui({ rows }: Pick<TerminalScreen, 'rows'>, rules: TuiRules): TuiReading {
  const styled = readRows(rows).map(trimRow);
  const filled = styled.filter(({ text }) => text !== '').slice(-BOTTOM_ROWS);
  const composer = findComposer(styled, filled, rules);
  const menu = rules.readDialog?.(filled) ?? readMenu(filled, rules, composer);
  const above = composer ? filled.slice(0, composer.from) : filled;
  const below = composer ? filled.slice(composer.to + 1) : [];
  const near = [...above.slice(-WORKING_ROWS), ...below].map(({ text }) => text);
  const working = near.findLast((text) => rules.working.some((pattern) => pattern.test(text))) ?? null;
  const dialog = menu ?? (composer || working !== null ? null : (rules.readKeys?.(filled) ?? null));
  const prompts = rules.readPrompts?.(styled);
  return {
    dialog,
    ...(prompts ? { prompts } : {}),
    composer: dialog ? null : (composer?.composer ?? null),
    working: dialog ? null : working,
    bottom: filled.slice(-8).map(({ text }) => text.trim()),
  };
}

const BORDER = '│┃║|▌▎▏┆╎';
const LEFT_BORDER = new RegExp(`^(\\s*)[${BORDER}](?= |$)`);
/** A full block is a scroll bar. */
const RIGHT_BORDER = new RegExp(`(\\s*[${BORDER}]|\\s+█)\\s*$`);
const RULE = /^[\s─━═╌┄┈╭╮╰╯┌┐└┘├┤┬┴┼▀▄▁▔▏▕╹╻╷╵▐▌█_-]+$/;

/** A row without white space at its end. */
function trimRow(row: StyledRow): StyledRow {
  const end = row.text.trimEnd().length;
  const cut = <T>(list: readonly T[]): readonly T[] => list.slice(0, end);
  const { text, dim, inverse, filled, bold } = row;
  const styles = { dim: cut(dim), inverse: cut(inverse), filled: cut(filled), bold: cut(bold) };
  return { ...row, text: text.slice(0, end), ...styles };
}

/** A row without the borders of a box around it; what it holds keeps its column. */
export const withoutBorders = (text: string): string =>
  text.replace(LEFT_BORDER, '$1 ').replace(RIGHT_BORDER, '').trimEnd();

/** Whether a row is nothing but a line or the edge of a box. */
export const isRule = (text: string): boolean => RULE.test(text);

function findComposer(
  all: readonly StyledRow[],
  filled: readonly StyledRow[],
  { composer: rule, readComposer: read }: TuiRules,
): FoundComposer | null {
  if (!read) return rule && findByRule(filled, rule);
  const found = read(all);
  if (!found) return null;
  const place = (index: number): number => filled.indexOf(all[index] as StyledRow);
  return { ...found, from: place(found.from), to: place(found.to) };
}

function findByRule(rows: readonly StyledRow[], rule: ComposerRule): FoundComposer | null {
  const { rowsBelow = 6 } = rule;
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    const match = row && rule.line.exec(withoutBorders(row.text));
    if (!match || (rule.isFramed === true && !isRule(rows[index - 1]?.text ?? ''))) continue;
    const to = endOfComposer(rows, index, rule);
    if (rows.length - 1 - to > rowsBelow) return null;
    return { composer: readComposer(rows.slice(index, to + 1), match, rule), from: index, to };
  }
  return null;
}

/** A longer text goes on in rows that are indented, up to a line or a row of another kind. */
function endOfComposer(rows: readonly StyledRow[], from: number, { continuation }: ComposerRule): number {
  if (!continuation) return from;
  let to = from;
  while (to + 1 < rows.length) {
    const { text = '' } = rows[to + 1] ?? {};
    if (isRule(text) || !continuation.test(withoutBorders(text))) break;
    to += 1;
  }
  return to;
}

function readComposer(
  rows: readonly StyledRow[],
  match: RegExpExecArray,
  { placeholder, paste, continuation }: ComposerRule,
): Composer {
  const first = match.groups?.['text'] ?? '';
  const rest = rows.slice(1).map(({ text }) => {
    const bare = withoutBorders(text);
    return continuation?.exec(bare)?.groups?.['text'] ?? bare.trim();
  });
  const text = [first, ...rest].join('\n').trim();
  const isEmpty = text === '' || isDimText(rows[0], first) || placeholder?.test(text) === true;
  const isPaste = !isEmpty && paste?.test(text) === true && text.replace(paste, '').trim() === '';
  return { text: isEmpty ? '' : text, isEmpty, isPaste };
}

/** Whether all that is visible of a text is dim; a cursor drawn over its first character is not. */
export function isDimText(row: StyledRow | undefined, text: string): boolean {
  const words = text.trim();
  if (!row || words === '') return false;
  const start = row.text.lastIndexOf(words);
  const marks = [...row.dim.keys()].filter(
    (index) => index >= start && index < start + words.length && row.text[index] !== ' ',
  );
  const isShown = (index: number): boolean => row.dim[index] === true || row.inverse[index] === true;
  return start >= 0 && marks.some((index) => row.dim[index]) && marks.every(isShown);
}

/** A row that may stand below the options: it names keys, or is a line. */
const KEYS =
  /\b(enter|return|esc(ape)?|tab|space|ctrl|shift|arrows?|arrow keys|to (select|confirm|cancel|navigate|submit|exit|go back|toggle|amend|edit|continue|scroll|dismiss))\b|[↑↓←→⏎↵]/i;

interface OptionRow {
  index: number;
  number: number | null;
  label: string;
  /** Where its words begin. */
  column: number;
  isMarked: boolean;
  isChecked: boolean | undefined;
}

/** A column of options one of which is marked, with nothing below it but rows that name keys. */
function readMenu(
  rows: readonly StyledRow[],
  rules: TuiRules,
  composer: FoundComposer | null,
): Dialog | null {
  const texts = rows.map(({ text }) => withoutBorders(text));
  const option = optionReader(rules.marker);
  for (let index = texts.length - 1; index >= Math.max(0, texts.length - BOTTOM_ROWS); index -= 1) {
    const marked = option(texts[index] ?? '', index);
    if (!marked?.isMarked) continue;
    // The box may bear the same mark: what stands there is a person's text.
    if (composer && index >= composer.from) return null;
    if (rules.never?.some((pattern) => pattern.test(texts[index] ?? ''))) return null;
    const options = collectOptions(texts, marked, option);
    const last = lastRowOf(texts, options);
    const isBottom = texts.slice(last + 1).every((text, at) => at < FOOTER_ROWS && isFooter(text, rules));
    if (options.length === 0 || !isBottom || (composer && composer.from > last)) return null;
    return toDialog(texts, options, rules);
  }
  return null;
}

const isFooter = (text: string, { footer = [] }: TuiRules): boolean =>
  text.trim() === '' || isRule(text) || KEYS.test(text) || footer.some((pattern) => pattern.test(text));

/** A cut of a row into the mark, the number, the box to check and the words. */
const optionReader = (marker: string) => {
  const pattern = new RegExp(
    `^(?<lead>\\s*(?<mark>[${marker}])?\\s*)(?<number>\\d{1,2}[.)](?:\\s+|(?=[A-Z])))?(?<check>\\[[ xX✓✔*]?\\]\\s+|[☐☑☒◯◉○●◻◼]\\s+)?(?<label>\\S.*)$`,
    'u',
  );
  return (text: string, index: number): OptionRow | null => {
    const groups = pattern.exec(text)?.groups;
    const label = groups?.['label'];
    if (!groups || label === undefined) return null;
    const check = groups['check'];
    const number = groups['number'];
    return {
      index,
      number: number === undefined ? null : Number.parseInt(number, 10),
      label: label.trim(),
      column: (groups['lead'] ?? '').length + (number ?? '').length,
      isMarked: groups['mark'] !== undefined,
      isChecked: check === undefined ? undefined : /[xX✓✔☑☒◉●◼*]/.test(check),
    };
  };
};

/** The options around the marked one: those with the next numbers, or whose words begin in the same column. */
function collectOptions(
  texts: readonly string[],
  marked: OptionRow,
  option: (text: string, index: number) => OptionRow | null,
): OptionRow[] {
  const walk = (step: 1 | -1): OptionRow[] => {
    const found: OptionRow[] = [];
    let expected = marked.number;
    for (let index = marked.index + step; index >= 0 && index < texts.length; index += step) {
      const text = texts[index] ?? '';
      if (isRule(text) && text.trim() !== '') break;
      const row = option(text, index);
      if (!row) continue;
      if (row.isMarked) break;
      if (marked.number !== null && expected !== null) {
        if (row.number === expected + step) {
          expected = row.number;
          found.push(row);
        } else if (row.number !== null || row.column < marked.column - 2) break;
      } else if (row.number === null && row.column === marked.column) found.push(row);
      else if (row.column < marked.column) break;
    }
    return found;
  };
  return [...walk(-1).toReversed(), marked, ...walk(1)];
}

/** Below the last option, rows that are indented deeper belong to it. */
function lastRowOf(texts: readonly string[], options: readonly OptionRow[]): number {
  const last = options.at(-1);
  if (!last) return -1;
  let index = last.index;
  while (index + 1 < texts.length) {
    const text = texts[index + 1] ?? '';
    const column = text.length - text.trimStart().length;
    if (text.trim() === '' || isRule(text) || column < last.column || KEYS.test(text)) break;
    index += 1;
  }
  return index;
}

function toDialog(texts: readonly string[], options: readonly OptionRow[], rules: TuiRules): Dialog {
  const first = options[0]?.index ?? 0;
  const question: string[] = [];
  for (let index = first - 1; index >= 0 && question.length < QUESTION_ROWS; index -= 1) {
    const text = texts[index] ?? '';
    if (isRule(text)) {
      // A command or a diff may stand between two lines of its own.
      if (/[╌┄]/.test(text)) continue;
      break;
    }
    if (text.trim() === '') continue;
    question.unshift(text.trim());
    if (rules.head?.test(text.trim()) === true) break;
  }
  const whole = [...question, ...options.map(({ label }) => label)];
  const rule = rules.dialogs.find(({ when }) => whole.some((text) => when.test(text)));
  const begins = rule?.begins;
  const isChoiceOfThings = rule?.kind === 'picker';
  const from = begins ? question.findLastIndex((text) => begins.test(text)) : -1;
  return {
    kind: rule?.kind ?? 'other',
    question: question.slice(Math.max(0, from)).join('\n'),
    options: options.map((row, at): DialogOption => {
      const end = options[at + 1]?.index ?? row.index + 1;
      const label = [row.label, ...continuationOf(texts, row, end)].join(' ');
      return {
        ...{ label, number: row.number, meaning: isChoiceOfThings ? null : meaningOf(label), key: null },
        ...(row.isChecked === undefined ? {} : { isChecked: row.isChecked }),
      };
    }),
    highlighted: options.findIndex(({ isMarked }) => isMarked),
    input: options.some(({ isChecked }) => isChecked !== undefined) ? 'several' : 'choice',
    layout: 'column',
  };
}

/** What a long label breaks into. */
function continuationOf(texts: readonly string[], { index, column }: OptionRow, end: number): string[] {
  return texts
    .slice(index + 1, end)
    .filter((text) => text.trim() !== '' && text.length - text.trimStart().length >= column)
    .map((text) => text.trim());
}

import type { Dialog } from '../tui/dialog.js';
import { isRule } from '../tui/read-tui.js';
import type { StyledRow } from '../tui/styled-row.js';
import type { TuiRules } from '../tui/tui-rules.js';

/** A field for text in a question of the model's, which stands between two lines of its own. */
const FIELD = /^ ❯(?: |$)/;

/** What stands below such a field. */
const FIELD_KEYS = /\benter accept\b.*\bctrl\+d decline\b/;

/** The most rows above a field that are its question. */
const QUESTION_ROWS = 12;

/** How Copilot CLI's screen looks; read off version 1.0.102. Its sign of work stands below its box. */
export const COPILOT_TUI: TuiRules = {
  composer: {
    line: /^❯(?: (?<text>.*))?$/,
    continuation: /^ {2}(?<text>\S.*)$/,
    paste: /\[Paste #\d+ - \d+ lines\]/,
    isFramed: true,
  },
  working: [
    /\besc (esc|again to) (interrupt|edit prompt)\b/,
    /^ [∙○◎◉●] (Working|Executing|Thinking)( ·| {2}|$)/,
    // Before its first start, where it has no box yet.
    /^Package extraction\b/,
    /^ ?\S? ?Compacting conversation history\b/,
  ],
  composerMeansRest: true,
  marker: '❯',
  dialogs: [
    { kind: 'trust', when: /Do you trust the files in this folder/i },
    { kind: 'plan', when: /\b(exit|approve|accept) (the |this )?plan\b/i },
    {
      kind: 'permission',
      when: /^Do you want to |^Allow |tell Copilot what to do differently/i,
    },
    { kind: 'question', when: /Copilot needs information|Other \(type your answer\)/i },
    { kind: 'picker', when: /Search models|Unavailable models/i },
    { kind: 'login', when: /What account do you want to log into|log in to GitHub/i },
  ],
  footer: [/^ ?❯ .?\s*Search /],
  readDialog: readField,
  typing: {
    enterGuardMs: 100,
    commands: [
      { when: /^\//, what: 'runs a command of Copilot' },
      { when: /^!/, what: 'runs a shell command' },
      { when: /(^|\s)@\S/, what: 'opens the picker for files' },
      { when: /(^|\s)#\S/, what: 'opens the picker for issues' },
    ],
  },
};

const isLine = (row: StyledRow | undefined): boolean => isRule(row?.text ?? '') && row?.text !== '';

/** A question that takes a text, which no column of options answers. */
function readField(rows: readonly StyledRow[]): Dialog | null {
  const at = rows.findLastIndex(
    ({ text }, index) => FIELD.test(text) && [index - 1, index + 1].every((beside) => isLine(rows[beside])),
  );
  const below = rows.slice(at + 1);
  if (at < 0 || below.length > 5 || !below.some(({ text }) => FIELD_KEYS.test(text))) return null;
  const question: string[] = [];
  for (let index = at - 2; index >= 0 && question.length < QUESTION_ROWS; index -= 1) {
    const { text = '' } = rows[index] ?? {};
    if (isRule(text)) break;
    question.unshift(text.trim());
  }
  return {
    ...{ kind: 'question', question: question.join('\n'), options: [], highlighted: null },
    ...{ input: 'text', layout: 'keys' },
  };
}

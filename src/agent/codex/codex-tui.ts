import type { Dialog } from '../tui/dialog.js';
import { isDimText } from '../tui/read-tui.js';
import type { StyledRow } from '../tui/styled-row.js';
import type { FoundComposer, TuiRules } from '../tui/tui-rules.js';

const PLACEHOLDER = /^Ask Codex to do anything$/;
const PASTE = /^\[Pasted Content \d+ chars\](?: #\d+)?$/;

/** The first row of each dialog. */
const HEAD =
  /^(> )?(Would you like to |Question \d+\/\d+|Implement this plan\?|Folder access$|You are in |Hooks need review|[✨\s]*Update available|Select |Update Model Permissions|Where should |Resume a previous |Fork a previous |Allow |Choose how you want|Sign in |Set up |Use your own OpenAI API key|Approaching rate limits|Enable |Field \d+\/\d+|Choose working directory)/;

/** A row that lies below the options of a dialog, and never below the box: "Press enter to confirm or esc to cancel". */
const KEY_HINTS =
  /^\s*(press )?enter (to )?\w+.*\besc\b(?! close)|^\s*press (enter|esc) to \w+|\bto clear notes\b/i;

const OPTION = /^([›>] )?\d+\. /;

/**
 * How Codex's screen looks, read off 0.142, 0.150 and 0.171. While the text of an answer is written, 0.171 draws no sign of
 * work: its title tells. Old prompts in the conversation bear the box's mark too, but dim; a highlighted option is bold or
 * inverse as a whole, and the mark of the box stands alone.
 */
export const CODEX_TUI: TuiRules = {
  composer: { line: /^[›!](?: (?<text>.*))?$/ },
  readComposer: readCodexComposer,
  working: [/^(?:\S )?\S.{0,60}\((?:\d+[hm] )*\d+s • .*\bto interrupt\b/, /^ {2}Waiting for startup\b/],
  composerMeansRest: false,
  marker: '›❯>',
  head: HEAD,
  dialogs: [
    { kind: 'question', when: /^Question \d+\/\d+/ },
    { kind: 'plan', when: /^Implement this plan\?/ },
    {
      kind: 'trust',
      when: /^Trust this folder\?|Do you trust the contents of this directory|^Hooks need review/,
    },
    { kind: 'update', when: /^[✨\s]*Update available/ },
    { kind: 'quota', when: /^Approaching rate limits/ },
    { kind: 'login', when: /^(> )?(Choose how you want to use Codex|Sign in |Set up Amazon Bedrock)/ },
    { kind: 'permission', when: /^Would you like to |^Allow / },
    { kind: 'picker', when: /^Select |^Update Model Permissions|^Where should |^(Resume|Fork) a previous / },
  ],
  never: [/^> (?!\d)/],
  readDialog: readTextField,
  readPrompts,
  footer: [/^\s*─+ \d+ \/ \d+ · \d+% ─$/, /^\s*[↑↓]$/, /^ \S+ \w+(?:   ?\S+ [\w /]+)+$/],
  title: { active: /^[⠀-⣿] /, waiting: /^\[ [!.] \] Action Required/ },
  typing: {
    enterGuardMs: 150,
    // Its app server, one for all its terminals since 0.171, would go on with the turn.
    interrupt: ['\u001b'],
    commands: [
      { when: /^\//, what: 'runs a command of Codex' },
      { when: /^!/, what: 'runs a shell command' },
      { when: /(^|\s)@\S/, what: 'opens the picker for files' },
    ],
  },
};

/** A field for a text: notes to a question, a key at the first start. Enter takes what is typed. */
function readTextField(rows: readonly StyledRow[]): Dialog | null {
  const texts = rows.map(({ text }) => text.trim());
  const last = texts.findLastIndex((text) => !KEY_HINTS.test(text));
  const hints = texts.slice(last + 1).join(' ');
  const takesNotes = /\bto clear notes\b/.test(hints);
  if (!takesNotes && !(/\bpress enter to (continue|save)\b/i.test(hints) && !OPTION.test(texts[last] ?? '')))
    return null;
  const head = texts.findLastIndex((text) => HEAD.test(text));
  const above = texts.slice(head, last);
  const options = above.findIndex((text) => OPTION.test(text));
  if (head < 0 || (!takesNotes && options >= 0)) return null;
  return {
    kind: takesNotes ? 'question' : 'login',
    question: above.slice(0, options < 0 ? 3 : options).join('\n'),
    ...{ options: [], highlighted: null, input: 'text', layout: 'keys' },
  };
}

/** The box: the last row with its mark, and the rows up to the blank one above the status lines. */
function readCodexComposer(rows: readonly StyledRow[]): FoundComposer | null {
  const from = rows.findLastIndex(isPrompt);
  const first = rows[from];
  const last = rows.findLastIndex(({ text }) => text !== '');
  if (
    !first ||
    rows.slice(from + 1, last + 1).some(({ text }) => /^(?! {2}|> )./.test(text) || KEY_HINTS.test(text))
  )
    return null;
  const draft = first.text.slice(2);
  const isEmpty =
    first.text.startsWith('›') && (draft === '' || isDimText(first, draft) || PLACEHOLDER.test(draft));
  const to = isEmpty ? from : endOfDraft(rows, { from, last });
  const more = rows.slice(from + 1, to + 1).map(({ text }) => text.trim());
  const typed = first.text.startsWith('!') ? `!${draft}` : draft;
  const text = isEmpty ? '' : [typed, ...more].join('\n').trim();
  const isStarting =
    isEmpty &&
    rows
      .slice(to + 1, last + 1)
      .map((row) => row.text)
      .join('')
      .trim() === '? for shortcuts';
  const composer = { text, isEmpty, isPaste: PASTE.test(text), ...(isStarting ? { isStarting } : {}) };
  return { composer, from, to };
}

/** Whether a row begins with the mark of the box. */
function isPrompt({ text, dim, inverse, bold }: StyledRow): boolean {
  if (!/^[›!](?= |$)/.test(text) || dim[0] === true || inverse[0] === true) return false;
  // Of an option, number and words are bold like the mark.
  return !(/^› \d+\. /.test(text) && bold[2] === true) && (text.startsWith('›') || bold[0] === true);
}

/**
 * The last row of a draft. Status lines follow after a blank row, as a menu of commands or files does, which has one block
 * more.
 */
function endOfDraft(rows: readonly StyledRow[], { from, last }: { from: number; last: number }): number {
  const isBlank = (index: number): boolean => rows[index]?.text === '';
  const ends = [...rows.keys()].filter(
    (index) => index >= from && index < last && !isBlank(index) && isBlank(index + 1),
  );
  const opensMenu = /^›(?: \/|.* @\S*$)/.test(rows[from]?.text ?? '');
  return (opensMenu ? ends[0] : ends.at(-1)) ?? last;
}

/** The prompts above the box, whose mark is dim; none where a conversation has just begun, as its header shows. */
function readPrompts(rows: readonly StyledRow[]): string[] | null {
  const prompts: string[] = [];
  for (const [index, { text, dim }] of rows.entries()) {
    if (!text.startsWith('› ') || dim[0] !== true) continue;
    const next = rows.findIndex((row, at) => at > index && !row.text.startsWith('  '));
    const own = rows.slice(index, next < 0 ? rows.length : next);
    prompts.push(own.map((row) => row.text.slice(2).trim()).join('\n'));
  }
  const isBegun = rows.some(({ text }) => /^[│ ]*>_ OpenAI Codex \(v/.test(text)) && rows.some(isPrompt);
  return prompts.length > 0 || isBegun ? prompts : null;
}

/** What a dialog is about. */
export const DIALOG_KINDS = [
  'permission',
  'trust',
  'question',
  'plan',
  'login',
  'continue',
  'quota',
  'update',
  'picker',
  'notice',
  'other',
] as const;

/** One of `DIALOG_KINDS`. */
export type DialogKind = (typeof DIALOG_KINDS)[number];

/** What choosing an option means, as far as its words tell: `always` allows this and what is like it from now on. */
export type OptionMeaning = 'yes' | 'always' | 'no';

/** One choice of a dialog. */
export interface DialogOption {
  /** Its words, in one line. */
  label: string;
  /** The number before it, where it has one. */
  number: number | null;
  meaning: OptionMeaning | null;
  /** The one key that chooses it at once, where the dialog is answered by keys alone. */
  key: string | null;
  /** Of a dialog in which several can be chosen: whether this one is. */
  isChecked?: boolean;
}

/** A question that an agent has drawn at the bottom of its screen, and that takes the keys that are typed. */
export interface Dialog {
  kind: DialogKind;
  /** The rows above the options, joined by newlines. */
  question: string;
  /** Empty where it takes a text. */
  options: DialogOption[];
  /** The place in `options` that Enter would take; null where that is not shown. */
  highlighted: number | null;
  /** `choice`: one option. `several`: options are checked, then confirmed. `text`: a line of text. */
  input: 'choice' | 'several' | 'text';
  /** How the highlight moves: `column` by Up and Down, `row` by Left and Right; `keys`: there is none. */
  layout: 'column' | 'row' | 'keys';
}

const ALWAYS =
  /\b(always|(and |, )?don['’]t ask|do not ask|remember|for (this|the|all future|future) (session|sessions|conversation|command|commands|edits)|in the future|during this session|all (edits|commands|tools)|auto[- ]?(mode|accept|approve)|yolo|switch to auto)\b/i;
const NO =
  /^(no\b|n$|deny|reject|refuse|cancel|decline|exit|quit|skip|abort|stop\b|(go )?back\b|continue without\b|don['’]t\b|do not\b|keep planning|not now|never\b)/i;
const YES =
  /^(yes\b|y$|allow|approve|accept|proceed|run\b|trust\b|continue|confirm|submit\b|ok\b|okay\b|i trust|grant)/i;

/** What an option means by its words alone; null where they leave that open. */
export function meaningOf(label: string): OptionMeaning | null {
  if (NO.test(label)) return 'no';
  if (ALWAYS.test(label)) return 'always';
  return YES.test(label) ? 'yes' : null;
}

/** Whether two readings show the same dialog, wherever its highlight stands. */
export const isSameDialog = (one: Dialog, other: Dialog): boolean =>
  one.kind === other.kind &&
  one.question === other.question &&
  one.options.length === other.options.length &&
  one.options.every(({ label }, index) => label === other.options[index]?.label);

import type { StyledRow } from './styled-row.js';
import type { Dialog, DialogKind } from './dialog.js';

/** What stands in an agent's box. */
export interface Composer {
  /** What was typed; empty where only a placeholder stands there. */
  text: string;
  isEmpty: boolean;
  /** It holds a paste, which is shown by a placeholder, and nothing else. */
  isPaste: boolean;
  /** It is drawn, but the program still starts: Enter would not submit what is typed. */
  isStarting?: boolean;
}

/** A box that was found on a screen, and the places of its first and last row. */
export interface FoundComposer {
  composer: Composer;
  from: number;
  to: number;
}

/** How an agent's box for a person's text looks. The patterns are tried on rows without the borders at their sides. */
export interface ComposerRule {
  /** The first row of the box; what the group `text` holds was typed, or is a placeholder. */
  line: RegExp;
  /** The next rows of a longer text, where they look otherwise than by their indentation. */
  continuation?: RegExp;
  /** What stands in an empty box and is not drawn dim. */
  placeholder?: RegExp;
  /** What stands for a long paste, the whole placeholder. */
  paste?: RegExp;
  /** Whether a line is drawn right above it, which tells it from a shell's prompt. */
  isFramed?: boolean;
  /** Whether it is drawn while the agent works too, so that its absence tells of something else. By default true. */
  isDrawnAtWork?: boolean;
  /** How far above the bottom the box may end: rows that are not blank. By default 6. */
  rowsBelow?: number;
}

/** A kind of dialog that an agent opens, known by a row of it. */
export interface DialogRule {
  kind: DialogKind;
  /** A row of the dialog, its options included. */
  when: RegExp;
  /** The row at which its question begins, where no line is drawn above it. */
  begins?: RegExp;
}

/** How one agent's screen is read. All patterns are for single rows, without trailing white space. */
export interface TuiRules {
  composer: ComposerRule | null;
  /** Finds the box where a pattern is not enough; it is given all rows, blank ones too, and answers with their places. */
  readComposer?: (rows: readonly StyledRow[]) => FoundComposer | null;
  /** Rows near the bottom that are there only while it works. */
  working: readonly RegExp[];
  /**
   * Whether a box without a sign of work proves that it rests. False where nothing but text shows that an answer is being
   * written; then its other sources decide. `empty`: only an empty box does.
   */
  composerMeansRest: boolean | 'empty';
  /** What marks the option that Enter takes: characters. */
  marker: string;
  /** Tried in this order; a menu that none of them knows is `other`. */
  dialogs: readonly DialogRule[];
  /** The first row of any dialog that it draws: what stands above belongs to the conversation. */
  head?: RegExp;
  /** Rows that may stand below a dialog's options, besides those that name keys. */
  footer?: readonly RegExp[];
  /** Rows that look like an open menu and are none. */
  never?: readonly RegExp[];
  /** Reads a dialog whose options are no column of rows; null where there is none. */
  readDialog?: (rows: readonly StyledRow[]) => Dialog | null;
  /** Reads a dialog that is answered by keys that it names; asked where neither box nor menu nor work is drawn. */
  readKeys?: (rows: readonly StyledRow[]) => Dialog | null;
  /** The prompts that the conversation on the screen shows; null where nothing tells whether there were some. */
  readPrompts?: (rows: readonly StyledRow[]) => string[] | null;
  /** What the window's title says, where the agent keeps its state there. */
  title?: {
    active?: RegExp;
    waiting?: RegExp;
    ready?: RegExp;
    /** A row right above an empty box that shows that the work was ended, where the title still says otherwise for a while. */
    outdatedBy?: RegExp;
  };
  /** How a text is typed. */
  typing: TypingRules;
}

/** What an agent makes of text that is typed into its box. */
export interface TypingRules {
  /**
   * The keys, one press each, that end a turn, for an agent whose work goes on without its terminal: in a daemon, say. They
   * are pressed only at its prompt, with no dialog open.
   */
  interrupt?: readonly string[];
  /** For how long after a paste Enter is taken for a newline: milliseconds. */
  enterGuardMs: number;
  /** Texts that the agent takes as commands of its own, and what it would do. */
  commands: readonly { when: RegExp; what: string }[];
  /** Texts that it can't be given word for word, and why. */
  refused?: readonly { when: RegExp; why: string }[];
}

import * as z from 'zod';
import type { AgentOptions } from '../agent-options.js';
import { answered } from '../source/reading-of.js';
import { TerminalAgent } from '../terminal-agent.js';
import { DIALOG_KINDS, meaningOf, type Dialog } from '../tui/dialog.js';
import { isRule, withoutBorders } from '../tui/read-tui.js';
import type { StyledRow } from '../tui/styled-row.js';
import type { TuiRules } from '../tui/tui-rules.js';

/** Output this recent is still going on: milliseconds. tmux tells its time in whole seconds. */
const ONGOING_MS = 2_000;

/** As many rows at most stand below the keys that answer a dialog, blank ones left out. */
const ROWS_BELOW_KEYS = 6;

const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

const patterns = z.array(pattern);

/** What a file that describes an agent holds. All patterns are regular expressions, each tried on one row of the screen. */
export const agentDescriptionSchema = z.strictObject({
  /** The names of its program and of its package. */
  programs: z.array(z.string().min(1)).min(1),
  title: z.strictObject({ active: pattern, waiting: pattern, ready: pattern }).partial().optional(),
  composer: z
    .strictObject({
      line: pattern,
      continuation: pattern.optional(),
      placeholder: pattern.optional(),
      paste: pattern.optional(),
      isFramed: z.boolean().optional(),
      isDrawnAtWork: z.boolean().optional(),
      rowsBelow: z.number().int().min(0).optional(),
    })
    .optional(),
  working: patterns.default([]),
  /** Whether it may write an answer without any sign of work: then what is printed counts as one. */
  writesWithoutSign: z.boolean().default(false),
  /** The characters one of which marks the option that Enter takes. */
  marker: z.string().min(1).default('❯'),
  dialogs: z.array(z.strictObject({ kind: z.enum(DIALOG_KINDS), when: pattern })).default([]),
  /** Dialogs that are answered by single keys: `[y] Approve`. */
  keyDialogs: z
    .array(
      z.strictObject({
        kind: z.enum(DIALOG_KINDS),
        /** The row that asks. */
        when: pattern,
        /** The row that names the keys. */
        keys: pattern,
        options: z.array(z.strictObject({ key: z.string().min(1), label: z.string().min(1) })).min(1),
      }),
    )
    .default([]),
  /** Rows that may stand below the options of a dialog. */
  footer: patterns.default([]),
  typing: z
    .strictObject({
      enterGuardMs: z.number().int().min(0).max(5_000).default(100),
      commands: z.array(z.strictObject({ when: pattern, what: z.string() })).default([]),
      refused: z.array(z.strictObject({ when: pattern, why: z.string() })).default([]),
    })
    .prefault({}),
});

/** A description as it is written. */
export type AgentDescription = z.input<typeof agentDescriptionSchema>;

type KeyDialog = z.output<typeof agentDescriptionSchema>['keyDialogs'][number];

/** An agent of which no more is known than a description says: its screen, its title, its bell. */
export class DescribedAgent extends TerminalAgent {
  constructor(description: z.output<typeof agentDescriptionSchema>, options: AgentOptions = {}) {
    const { writesWithoutSign } = description;
    super(
      {
        programs: description.programs,
        tui: toRules(description),
        transcript: null,
        readOwn: (session, { view, tui, now }) => {
          const signs = session.handle && view.signs?.(session.handle);
          const silentMs = now - Date.parse(signs?.lastOutputAt ?? '');
          // What somebody types is printed too.
          const isAnswer = writesWithoutSign && tui?.composer?.isEmpty === true && tui.working === null;
          if (!isAnswer || !(silentMs < ONGOING_MS)) return Promise.resolve([]);
          const reading = answered('screen', 'active', { detail: 'it prints', atMs: now });
          return Promise.resolve([{ reading, isUnchanged: null }]);
        },
      },
      options,
    );
  }
}

function toRules({
  composer,
  title,
  keyDialogs,
  ...rules
}: z.output<typeof agentDescriptionSchema>): TuiRules {
  return defined({
    composer: composer ? defined(composer) : null,
    composerMeansRest: true,
    title: title && defined(title),
    readDialog: (rows: readonly StyledRow[]) => readKeyDialog(rows, keyDialogs),
    ...{ working: rules.working, marker: escapeClass(rules.marker), dialogs: rules.dialogs },
    ...{ footer: rules.footer, typing: rules.typing },
  });
}

/** The same without what is undefined. */
const defined = <T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };

/** Its characters as they stand in a class of a regular expression. */
const escapeClass = (marker: string): string => marker.replace(/[\]\\^-]/g, '\\$&');

function readKeyDialog(rows: readonly StyledRow[], dialogs: readonly KeyDialog[]): Dialog | null {
  const texts = rows.map(({ text }) => withoutBorders(text));
  for (const { kind, when, keys, options } of dialogs) {
    const at = texts.findLastIndex((text) => keys.test(text));
    if (at < 0 || texts.length - 1 - at > ROWS_BELOW_KEYS) continue;
    const first = texts.slice(0, at).findLastIndex((text) => when.test(text));
    if (first < 0) continue;
    const question = texts.slice(first, at).filter((text) => !isRule(text));
    return {
      ...{ kind, question: question.map((text) => text.trim()).join('\n') },
      options: options.map(({ key, label }) => ({ label, key, number: null, meaning: meaningOf(label) })),
      ...{ highlighted: null, input: 'choice', layout: 'keys' },
    };
  }
  return null;
}

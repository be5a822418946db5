import type { Argv } from 'yargs';

/** What the help of a command says beside its flags. */
export interface Manual {
  /** Whatever needs more than a line. */
  about?: string;
  /** Command lines, and what each does. */
  examples: readonly (readonly [commandLine: string, purpose: string])[];
  /** What exit codes mean with this command alone; null for a common one that it never has. */
  exits?: Readonly<Record<number, string | null>>;
}

const COMMON_EXITS: NonNullable<Manual['exits']> = {
  0: 'done',
  1: 'it failed: one line on stderr says what to do',
  2: 'the command line makes no sense',
};

/** Adds a manual to the help of a command. */
export function addManual(yargs: Argv, { about, examples, exits = {} }: Manual): Argv {
  const codes = Object.entries({ ...COMMON_EXITS, ...exits }).flatMap(([code, text]) =>
    text === null ? [] : [`  ${code}  ${text}`],
  );
  const shown = examples.map(([commandLine, purpose]) => `  vitals ${commandLine}\n      ${purpose}`);
  return yargs.epilogue(
    [
      ...(about === undefined ? [] : [about]),
      ['Examples:', ...shown].join('\n'),
      ['Exit codes:', ...codes].join('\n'),
    ].join('\n\n'),
  );
}

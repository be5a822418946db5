import type { Argv, CommandModule } from 'yargs';
import { addManual } from './manual.js';
import { MANUALS } from './manuals.js';
import { unshield } from './shielded-words.js';
import { UsageError } from './usage-error.js';

/** The flags that every command takes. */
export interface CommonFlags {
  home?: string | undefined;
  tmuxSocket?: string | undefined;
}

/** What a command is run with: its flags, and a command of its own behind `--`, if it takes one. */
export type Flags<Own> = CommonFlags & Own & { '--'?: string[] };

export interface Command<Own> {
  command: string;
  describe: string;
  /** Declares the flags of `Own`. */
  builder: (yargs: Argv) => Argv;
  /** The flags that may be given more than once. */
  repeatable?: readonly string[];
  /** Whether what stands behind `--` is a command line that it runs. */
  takesCommand?: true;
  /** Does it, and says with which code to exit. What it needs is loaded only now. */
  run: (flags: Flags<Own>) => Promise<number>;
}

/** A command as yargs takes it; `onExit` gets the code to exit with. */
export const toModule = <Own>(
  { command, describe, builder, repeatable = [], run }: Command<Own>,
  onExit: (code: number) => void,
): CommandModule => ({
  command,
  describe,
  builder: (yargs) => {
    const manual = MANUALS[command.split(' ')[0] ?? ''];
    return manual ? addManual(builder(yargs), manual) : builder(yargs);
  },
  handler: async (flags) => {
    for (const [name, value] of Object.entries(flags)) {
      if (!Array.isArray(value) || ['_', '--', ...repeatable].includes(name)) continue;
      throw new UsageError(`give --${name} only once`);
    }
    const given = Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, unshield(value)]));
    // yargs types what the builder declares; here it is the command that does.
    onExit(await run(given as unknown as Flags<Own>));
  },
});

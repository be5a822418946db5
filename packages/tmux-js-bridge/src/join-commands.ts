import type { TmuxCommand } from './tmux-transport.js';

/**
 * The commands as one argv, as the `tmux` program takes it. tmux takes an argument that ends in `;` for the end of a
 * command, unless the `;` is escaped. Source: tmux(1), PARSING SYNTAX; checked on 3.3a.
 */
export const joinCommands = (commands: readonly TmuxCommand[]): string[] =>
  commands.flatMap((command, index) => [
    ...(index === 0 ? [] : [';']),
    ...command.map((argument) => argument.replace(/;$/, '\\;')),
  ]);

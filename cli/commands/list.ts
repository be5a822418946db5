import type { Command } from '../command.js';

/** `vitals list` */
export const list: Command<{ json: boolean }> = {
  command: 'list',
  describe: 'show every session: a table on a terminal, JSON lines elsewhere',
  builder: (yargs) =>
    yargs.option('json', { type: 'boolean', default: false, describe: 'JSON lines, on a terminal too' }),
  run: async ({ json, ...flags }) => {
    const [{ openContext }, { printSessions }] = await Promise.all([
      import('../open-context.js'),
      import('../print-sessions.js'),
    ]);
    return printSessions(openContext(flags), { asJson: json || !process.stdout.isTTY });
  },
};

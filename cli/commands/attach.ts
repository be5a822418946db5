import type { Command } from '../command-line/command.js';

/** `vitals attach` */
export const attach: Command<{ id: string }> = {
  command: 'attach <id>',
  describe: 'show a session on this terminal',
  builder: (yargs) =>
    yargs.positional('id', { type: 'string', demandOption: true, describe: 'ID or PROJECT/ID' }),
  run: async ({ id, ...flags }) => {
    const [{ attachCommand, findSession }, { openContext }, { runInTerminal }] = await Promise.all([
      import('../../index.js'),
      import('../open-context.js'),
      import('../terminal/run-in-terminal.js'),
    ]);
    const context = openContext(flags);
    return runInTerminal(await attachCommand(context, await findSession(context.sessions, id)));
  },
};

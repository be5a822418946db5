import type { Command } from '../command-line/command.js';

/** The code of `dialog` where none is open. */
const NONE_OPEN = 1;

/** `vitals dialog` */
export const dialog: Command<{ id: string; json: boolean }> = {
  command: 'dialog <id>',
  describe: "show an agent's open dialog: its question, its options, the highlighted one",
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', demandOption: true, describe: 'ID or PROJECT/ID' })
      .option('json', { type: 'boolean', default: false, describe: 'as one line of JSON' }),
  run: async ({ id, json, ...flags }) => {
    const [{ findSession, readDialog }, { openContext }, { print, printJson }, { say }, { renderDialog }] =
      await Promise.all([
        import('../../index.js'),
        import('../open-context.js'),
        import('../output/print.js'),
        import('../output/say.js'),
        import('../text/render-dialog.js'),
      ]);
    const context = openContext(flags);
    const report = await readDialog(context, await findSession(context.sessions, id));
    if (json) await printJson(report);
    else if (report.dialog) await print(renderDialog(report.dialog));
    else say('no dialog is open');
    return report.dialog ? 0 : NONE_OPEN;
  },
};

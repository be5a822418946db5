import type { Command } from '../command-line/command.js';
import { parseDuration } from '../command-line/parse-duration.js';

/** `vitals explain` */
export const explain: Command<{ id: string; json: boolean; stuckAfter: number | undefined }> = {
  command: 'explain <id>',
  describe: 'why a session has its status: ask all of its sources now, and change nothing',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', demandOption: true, describe: 'ID or PROJECT/ID' })
      .option('json', { type: 'boolean', default: false, describe: 'as one line of JSON' })
      .option('stuck-after', {
        type: 'string',
        requiresArg: true,
        describe: 'as vitals events has it, to tell whether it is stuck [never]',
        coerce: (text: unknown) => (text === undefined ? undefined : parseDuration('stuck-after', text)),
      }),
  run: async ({ id, json, stuckAfter, ...flags }) => {
    const [{ explainSession, findSession }, { openContext }, { print, printJson }, { renderExplanation }] =
      await Promise.all([
        import('../../index.js'),
        import('../open-context.js'),
        import('../output/print.js'),
        import('../text/render-explanation.js'),
      ]);
    const context = openContext(flags);
    const session = await findSession(context.sessions, id);
    const explanation = await explainSession(context, session, { stuckAfterMs: stuckAfter });
    await (json ? printJson(explanation) : print(renderExplanation(explanation, context.clock.now())));
    return 0;
  },
};

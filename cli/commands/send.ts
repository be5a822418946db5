import type { Command } from '../command-line/command.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals send`; `text` is the argument after ID, null to read it from stdin. */
export const send = (
  text: string | null,
): Command<{ id: string; enter: boolean; if: string | undefined }> => ({
  command: 'send <id>',
  describe: 'type text into a session: vitals send ID [TEXT]; without TEXT, stdin',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', demandOption: true, describe: 'ID or PROJECT/ID' })
      .option('enter', {
        type: 'boolean',
        default: true,
        describe: "press Enter after it (--no-enter: don't)",
      })
      .option('if', {
        type: 'string',
        requiresArg: true,
        describe: 'only if the session does this at this moment: waiting_input, ready, idle',
      })
      .usage('$0 send [options] ID [TEXT]'),
  run: async ({ id, enter, if: onlyIf, ...flags }) => {
    const [{ ACTIVITIES, findSession, sendText }, { openContext }, { readInput }] = await Promise.all([
      import('../../index.js'),
      import('../open-context.js'),
      import('../terminal/read-input.js'),
    ]);
    const wanted = ACTIVITIES.find((activity) => activity === onlyIf);
    if (onlyIf !== undefined && !wanted) {
      throw new UsageError(`--if takes one of ${ACTIVITIES.join(', ')}, not ${JSON.stringify(onlyIf)}`);
    }
    const context = openContext(flags);
    const session = await findSession(context.sessions, id);
    await sendText(context, session, {
      text: text ?? (await readInput()),
      submit: enter,
      onlyIf: wanted,
    });
    return 0;
  },
});

import type { Command } from '../command-line/command.js';
import { parseDuration } from '../command-line/parse-duration.js';
import { UsageError } from '../command-line/usage-error.js';

interface SendFlags {
  id: string;
  enter: boolean;
  if: string | undefined;
  wait: number | undefined;
  force: boolean;
  command: boolean;
  json: boolean;
}

/** `vitals send`; `text` is the argument after ID, null to read it from stdin. */
export const send = (text: string | null): Command<SendFlags> => ({
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
      .option('wait', {
        type: 'string',
        requiresArg: true,
        describe: "wait so long for the agent's empty prompt [not at all]",
        coerce: (time: unknown) => (time === undefined ? undefined : parseDuration('wait', time)),
      })
      .option('if', {
        type: 'string',
        requiresArg: true,
        describe: 'only if the session does this at this moment: waiting_input, ready, idle',
      })
      .option('command', {
        type: 'boolean',
        default: false,
        describe: 'send a text that the agent takes as its own command, such as /clear or !ls',
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'type it and press Enter whatever the screen shows',
      })
      .option('json', { type: 'boolean', default: false, describe: 'say what became of it, as JSON' })
      .usage('$0 send [options] ID [TEXT]'),
  run: async ({ id, enter, if: onlyIf, wait: waitMs, force, command, json, ...flags }) => {
    const [{ ACTIVITIES, findSession, sendText }, { openContext }, { readInput }, { tellOutcome }] =
      await Promise.all([
        import('../../index.js'),
        import('../open-context.js'),
        import('../terminal/read-input.js'),
        import('../output/tell-outcome.js'),
      ]);
    const wanted = ACTIVITIES.find((activity) => activity === onlyIf);
    if (onlyIf !== undefined && !wanted) {
      throw new UsageError(`--if takes one of ${ACTIVITIES.join(', ')}, not ${JSON.stringify(onlyIf)}`);
    }
    const context = openContext(flags);
    const session = await findSession(context.sessions, id);
    const result = await sendText(context, session, {
      ...{ text: text ?? (await readInput()), submit: enter, onlyIf: wanted },
      ...{ waitMs, force, command },
    });
    const isDone = result.outcome === 'submitted' || (result.outcome === 'typed' && !enter);
    return tellOutcome(result, { json, isDone });
  },
});

import type { Command } from '../command-line/command.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals answer`; `text` is the argument after ID. */
export const answer = (text: string | null): Command<{ id: string; json: boolean }> => ({
  command: 'answer <id>',
  describe: "answer an agent's open dialog: vitals answer ID yes|no|always|N|TEXT",
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', demandOption: true, describe: 'ID or PROJECT/ID' })
      .option('json', { type: 'boolean', default: false, describe: 'say what became of it, as JSON' })
      .usage('$0 answer [options] ID yes|no|always|N|TEXT'),
  run: async ({ id, json, ...flags }) => {
    if (text === null)
      throw new UsageError('answer takes the answer after ID: yes, no, always, a number or words');
    const [{ answerDialog, findSession }, { openContext }, { tellOutcome }] = await Promise.all([
      import('../../index.js'),
      import('../open-context.js'),
      import('../output/tell-outcome.js'),
    ]);
    const context = openContext(flags);
    const session = await findSession(context.sessions, id);
    const result = await answerDialog(context, session, text);
    return tellOutcome(result, { json, isDone: result.outcome === 'answered' });
  },
});

import type { Command } from '../command-line/command.js';

/** `vitals kill` */
export const kill: Command<{ id: string }> = {
  command: 'kill <id>',
  describe: "end a session's program, and prove that it is gone",
  builder: (yargs) =>
    yargs.positional('id', { type: 'string', demandOption: true, describe: 'ID or PROJECT/ID' }),
  run: async ({ id, ...flags }) => {
    const [{ findSession, killSession, sessionKey }, { openContext }, { say }] = await Promise.all([
      import('../../index.js'),
      import('../open-context.js'),
      import('../output/say.js'),
    ]);
    const context = openContext(flags);
    const key = sessionKey(await findSession(context.sessions, id));
    const { type, session } = await killSession(context, key);
    say(type === 'killed' ? `${key} is killed` : `${key} had ended before: it is ${session.status}`);
    return 0;
  },
};

import type { Command } from '../command-line/command.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals adopt` */
export const adopt: Command<{
  target: string[] | undefined;
  all: boolean;
  project: string | undefined;
  agent: string | undefined;
}> = {
  command: 'adopt [target..]',
  describe: 'record what already runs in tmux and print its ids',
  builder: (yargs) =>
    yargs
      .positional('target', {
        type: 'string',
        array: true,
        describe: 'exact names: a session (NAME or =NAME), SESSION:WINDOW.PANE, or an id ($3, %5)',
      })
      .option('all', { type: 'boolean', default: false, describe: 'everything that runs there' })
      .option('project', {
        type: 'string',
        requiresArg: true,
        describe: 'the project they belong to [default]',
      })
      .option('agent', { type: 'string', requiresArg: true, describe: 'what runs in them [by the command]' }),
  repeatable: ['target'],
  run: async ({ target = [], all, project, agent, ...flags }) => {
    if (all === target.length > 0) throw new UsageError('name what to adopt, or say --all');
    const [{ adoptPrograms }, { openContext }, { print }] = await Promise.all([
      import('../../index.js'),
      import('../open-context.js'),
      import('../output/print.js'),
    ]);
    const sessions = await adoptPrograms(openContext(flags), {
      targets: all ? 'all' : target,
      projectId: project,
      agent,
    });
    for (const { id } of sessions) await print(`${id}\n`);
    return 0;
  },
};

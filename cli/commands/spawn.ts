import type { Command } from '../command-line/command.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals spawn` */
export const spawn: Command<{
  id: string | undefined;
  project: string | undefined;
  agent: string | undefined;
  cwd: string | undefined;
  runtime: string | undefined;
  task: string | undefined;
}> = {
  command: 'spawn',
  describe: 'start a program in tmux, record it and print its id: vitals spawn [options] -- CMD…',
  builder: (yargs) =>
    yargs
      .option('id', { type: 'string', requiresArg: true, describe: "the session's id [made of the command]" })
      .option('project', {
        type: 'string',
        requiresArg: true,
        describe: 'the project it belongs to [default]',
      })
      .option('agent', {
        type: 'string',
        requiresArg: true,
        describe:
          'what runs in it: claude-code, codex, gemini, opencode, copilot, qwen, pi, cline, continue, aider, screen, or one that you described [by the command]',
      })
      .option('cwd', { type: 'string', requiresArg: true, describe: 'where to start it [here]' })
      .option('runtime', { type: 'string', requiresArg: true, describe: 'tmux or process [tmux]' })
      .option('task', { type: 'string', requiresArg: true, describe: 'what it is for, in your words' })
      .usage('$0 spawn [options] -- CMD…'),
  takesCommand: true,
  run: async ({ id, project, agent, cwd, runtime, task, '--': command = [], ...flags }) => {
    if (command.length === 0) throw new UsageError('put the command after --: vitals spawn -- CMD…');
    const [path, { spawnSession }, { openContext }, { print }] = await Promise.all([
      import('node:path'),
      import('../../index.js'),
      import('../open-context.js'),
      import('../output/print.js'),
    ]);
    const workspacePath = path.resolve(cwd ?? '.');
    const options = { id, projectId: project, agent, runtime, task, workspacePath, command };
    const session = await spawnSession(openContext(flags), options);
    await print(`${session.id}\n`);
    return 0;
  },
};

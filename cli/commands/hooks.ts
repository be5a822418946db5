import type { Command } from '../command-line/command.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals hooks` */
export const hooks: Command<{
  action: string;
  agent: string | undefined;
  yes: boolean;
  dryRun: boolean;
  json: boolean;
}> = {
  command: 'hooks <action> [agent]',
  describe: "have agents say what they do: hooks install|remove|status AGENT, in the agent's own settings",
  builder: (yargs) =>
    yargs
      .positional('action', {
        type: 'string',
        demandOption: true,
        choices: ['install', 'remove', 'status'],
        describe: 'what to do with the hooks',
      })
      .positional('agent', {
        type: 'string',
        describe: 'claude-code, codex or gemini; all of them for status',
      })
      .option('yes', { type: 'boolean', default: false, describe: "write it, don't ask" })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'show what would be changed, and change nothing',
      })
      .option('json', { type: 'boolean', default: false, describe: 'status as JSON lines' }),
  run: async ({ action, agent, yes, dryRun, json }) => {
    if (action === 'status')
      return (await import('../output/print-hook-status.js')).printHookStatus({ agent, json });
    if (agent === undefined) throw new UsageError(`say which agent: vitals hooks ${action} AGENT`);
    const { changeHooks } = await import('../change-hooks.js');
    return changeHooks({ agent, action: action === 'install' ? 'install' : 'remove', yes, dryRun });
  },
};

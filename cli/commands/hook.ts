import type { Command } from '../command-line/command.js';

/** `vitals hook`, as a person meets it; an agent's own call is known before all this is loaded. */
export const hook: Command<{ agent: string }> = {
  command: 'hook <agent>',
  describe: "what agents call as their hook: record the hook's JSON on stdin for the session it runs in",
  builder: (yargs) =>
    yargs.positional('agent', {
      type: 'string',
      demandOption: true,
      describe: 'claude-code, codex or gemini; vitals hooks install AGENT makes it call this',
    }),
  run: async ({ agent }) => (await import('../run-hook.js')).runHook(agent),
};

import type { Command } from '../command-line/command.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals completion` */
export const completion: Command<{ shell: string }> = {
  command: 'completion <shell>',
  describe: 'print the script that completes this command in bash, zsh or fish',
  builder: (yargs) =>
    yargs.positional('shell', { type: 'string', demandOption: true, describe: 'bash, zsh or fish' }),
  run: async ({ shell }) => {
    const [{ COMPLETION_SCRIPTS, SHELLS }, { print }] = await Promise.all([
      import('../completion/scripts.js'),
      import('../output/print.js'),
    ]);
    const known = SHELLS.find((name) => name === shell);
    if (!known) throw new UsageError(`there is no completion for ${shell}: take ${SHELLS.join(', ')}`);
    await print(COMPLETION_SCRIPTS[known]);
    return 0;
  },
};

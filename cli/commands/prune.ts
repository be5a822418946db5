import type { Command } from '../command-line/command.js';
import { parseDuration } from '../command-line/parse-duration.js';

/** `vitals prune` */
export const prune: Command<{ olderThan: number; dryRun: boolean }> = {
  command: 'prune',
  describe: 'archive the sessions that ended long ago and print their keys',
  builder: (yargs) =>
    yargs
      .option('older-than', {
        type: 'string',
        requiresArg: true,
        default: '7d',
        describe: 'how long ago they must have ended: 12h, 7d, 90d',
        coerce: (text: unknown) => parseDuration('older-than', text, { maxMs: Number.MAX_SAFE_INTEGER }),
      })
      .option('dry-run', { type: 'boolean', default: false, describe: 'print what would be archived' }),
  run: async ({ olderThan, dryRun, ...flags }) => {
    const [{ pruneSessions }, { openContext }, { isClosedPipe, print }] = await Promise.all([
      import('../../index.js'),
      import('../open-context.js'),
      import('../output/print.js'),
    ]);
    const keys = await pruneSessions(openContext(flags), { olderThanMs: olderThan, isDryRun: dryRun });
    try {
      await print(keys.map((key) => `${key}\n`).join(''));
    } catch (error) {
      if (!isClosedPipe(error)) throw error;
    }
    return 0;
  },
};

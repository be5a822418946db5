import type { Command } from '../command-line/command.js';
import { addLoopOptions, type LoopFlags } from '../command-line/loop-options.js';

/** `vitals watch` */
export const watch: Command<LoopFlags> = {
  command: 'watch',
  describe: 'show every session live on this terminal, what needs you first',
  builder: addLoopOptions,
  run: async ({ interval, stuckAfter, ...flags }) => {
    const [{ openContext }, { watchBoard }] = await Promise.all([
      import('../open-context.js'),
      import('../board/watch-board.js'),
    ]);
    return watchBoard(openContext(flags), { pollIntervalMs: interval, stuckAfterMs: stuckAfter });
  },
};

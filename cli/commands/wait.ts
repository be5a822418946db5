import type { Command } from '../command-line/command.js';
import { addLoopOptions, type LoopFlags } from '../command-line/loop-options.js';
import { parseDuration } from '../command-line/parse-duration.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals wait` */
export const wait: Command<
  LoopFlags & { id: string[]; until: string[] | undefined; anyChange: boolean; timeout: number | undefined }
> = {
  command: 'wait <id..>',
  describe: 'wait until sessions have a status, or change at all; then print their records',
  builder: (yargs) =>
    addLoopOptions(yargs)
      .positional('id', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'ID or PROJECT/ID; all of them are waited for',
      })
      .option('until', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'a status to wait for (repeat: one of these)',
      })
      .option('any-change', {
        type: 'boolean',
        default: false,
        describe: 'wait for any change of status or activity',
      })
      .option('timeout', {
        type: 'string',
        requiresArg: true,
        describe: 'how long to wait: 30s, 10m [for ever]',
        coerce: (text: unknown) => (text === undefined ? undefined : parseDuration('timeout', text)),
      }),
  repeatable: ['id', 'until'],
  run: async ({ id, until = [], anyChange, timeout, interval, stuckAfter, ...flags }) => {
    if (anyChange === until.length > 0) throw new UsageError('say --until STATUS or --any-change');
    const [{ STATUSES }, { openContext }, { waitForSessions }] = await Promise.all([
      import('../../index.js'),
      import('../open-context.js'),
      import('../following/wait-for-sessions.js'),
    ]);
    const statuses = until.map((name) => {
      const status = STATUSES.find((known) => known === name);
      if (status) return status;
      throw new UsageError(`there is no status ${name}: take one of ${STATUSES.join(', ')}`);
    });
    return waitForSessions(openContext(flags), {
      ids: id,
      wish: anyChange ? { type: 'any_change' } : { type: 'status', statuses },
      timeoutMs: timeout,
      pollIntervalMs: interval,
      stuckAfterMs: stuckAfter,
    });
  },
};

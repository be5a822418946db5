import type { Command } from '../command-line/command.js';
import { addFilterOptions, type FilterFlags } from '../command-line/filter-options.js';
import { addLoopOptions, type LoopFlags } from '../command-line/loop-options.js';
import { parseCount } from '../command-line/parse-count.js';
import { parseDuration } from '../command-line/parse-duration.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals on` */
export const on: Command<
  LoopFlags &
    FilterFlags & {
      types: string;
      concurrency: number;
      timeout: number;
      buffer: number;
    }
> = {
  command: 'on <types>',
  describe: 'run a command for each event: vitals on TYPE[,TYPE…] [options] -- CMD…',
  builder: (yargs) =>
    addFilterOptions(addLoopOptions(yargs))
      .positional('types', {
        type: 'string',
        demandOption: true,
        describe: 'types of events, with commas between them',
      })
      .option('concurrency', {
        type: 'string',
        requiresArg: true,
        default: '4',
        describe: 'how many may run at once',
        coerce: (text: unknown) => parseCount('concurrency', text),
      })
      .option('timeout', {
        type: 'string',
        requiresArg: true,
        default: '30s',
        describe: 'how long one may take before it is ended, with all that it started',
        coerce: (text: unknown) => parseDuration('timeout', text),
      })
      .option('buffer', {
        type: 'string',
        requiresArg: true,
        default: '1024',
        describe: 'how many events may wait for their turn before the oldest go',
        coerce: (text: unknown) => parseCount('buffer', text),
      })
      .usage('$0 on TYPE[,TYPE…] [options] -- CMD…'),
  repeatable: ['session', 'project'],
  takesCommand: true,
  run: async ({
    types,
    session,
    project,
    concurrency,
    timeout,
    buffer,
    interval,
    stuckAfter,
    '--': command = [],
    ...flags
  }) => {
    if (command.length === 0) throw new UsageError('put the command after --: vitals on TYPE -- CMD…');
    const [{ EVENT_TYPES }, { openContext }, { runOnEvents }] = await Promise.all([
      import('../../index.js'),
      import('../open-context.js'),
      import('../following/run-on-events.js'),
    ]);
    const wanted = types.split(',').map((name) => {
      const type = EVENT_TYPES.find((known) => known === name);
      if (type) return type;
      throw new UsageError(`there are no events of type ${name}: take some of ${EVENT_TYPES.join(', ')}`);
    });
    return runOnEvents(openContext(flags), {
      ...{ types: wanted, filter: { session, project }, command, concurrency, capacity: buffer },
      ...{ timeoutMs: timeout, pollIntervalMs: interval, stuckAfterMs: stuckAfter },
    });
  },
};

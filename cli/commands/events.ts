import type { Command } from '../command-line/command.js';
import { addFilterOptions, type FilterFlags } from '../command-line/filter-options.js';
import { addLoopOptions, type LoopFlags } from '../command-line/loop-options.js';
import { parseCount } from '../command-line/parse-count.js';
import { parseSince } from '../command-line/parse-since.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals events` */
export const events: Command<
  LoopFlags &
    FilterFlags & {
      once: boolean;
      type: string[] | undefined;
      buffer: number;
      after: string | undefined;
      since: number | undefined;
      cursorFile: string | undefined;
      follow: boolean;
      snapshot: boolean;
      resync: boolean;
    }
> = {
  command: 'events',
  describe: 'run the loop and print each event as a line of JSON',
  builder: (yargs) =>
    addFilterOptions(addLoopOptions(yargs))
      .option('once', { type: 'boolean', default: false, describe: 'make one pass, then exit' })
      .option('type', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'only events of this type (repeat for more)',
      })
      .option('buffer', {
        type: 'string',
        requiresArg: true,
        default: '1024',
        describe: 'how many events may wait for a slow reader before the oldest go',
        coerce: (text: unknown) => parseCount('buffer', text),
      })
      .option('after', {
        type: 'string',
        requiresArg: true,
        describe: 'begin after this cursor: EPOCH:SEQ of an event, or the cursor of a synced line',
      })
      .option('since', {
        type: 'string',
        requiresArg: true,
        describe: 'begin with what was told since then: 10m, or an ISO 8601 time',
        coerce: (text: unknown) => (text === undefined ? undefined : parseSince(text)),
      })
      .option('cursor-file', {
        type: 'string',
        requiresArg: true,
        describe: 'begin where this file says that the last run stopped, and keep it up to date',
      })
      .option('follow', {
        type: 'boolean',
        default: true,
        describe: 'go on at the end of what there is (--no-follow: exit there, and make no pass)',
      })
      .option('snapshot', {
        type: 'boolean',
        default: false,
        describe: 'begin with a line for each session, and one with their cursor',
      })
      .option('resync', {
        type: 'boolean',
        default: false,
        describe: 'begin with the snapshot if the cursor is too old',
      }),
  repeatable: ['type', 'session', 'project'],
  run: async (flags) => {
    const { interval, stuckAfter, once, type, session, project, buffer } = flags;
    const { after, since, cursorFile, follow, snapshot, resync } = flags;
    refuseContradictions(flags);
    const [{ openContext }, { printEvents }, { EVENT_TYPES }] = await Promise.all([
      import('../open-context.js'),
      import('../following/print-events.js'),
      import('../../index.js'),
    ]);
    const unknown = type?.find((name) => !(EVENT_TYPES as readonly string[]).includes(name));
    if (unknown !== undefined) {
      throw new UsageError(`there are no events of type ${unknown}: take one of ${EVENT_TYPES.join(', ')}`);
    }
    return printEvents(openContext(flags), {
      pollIntervalMs: interval,
      stuckAfterMs: stuckAfter,
      once,
      capacity: buffer,
      filter: { type, session, project },
      after: after === undefined ? (since === undefined ? null : { sinceMs: since }) : { cursor: after },
      cursorPath: cursorFile ?? null,
      ...{ follow, snapshot, resync },
    });
  },
};

function refuseContradictions(flags: {
  after: string | undefined;
  since: number | undefined;
  cursorFile: string | undefined;
  follow: boolean;
  snapshot: boolean;
  resync: boolean;
}): void {
  const { after, since, cursorFile, follow, snapshot, resync } = flags;
  const beginnings = [after, since, snapshot || undefined].filter((one) => one !== undefined);
  if (beginnings.length > 1) throw new UsageError('give one of --after, --since and --snapshot');
  if (after !== undefined && cursorFile !== undefined) {
    throw new UsageError('--cursor-file holds the cursor itself: leave out --after');
  }
  if (resync && after === undefined && cursorFile === undefined) {
    throw new UsageError('--resync is for a cursor: give --after or --cursor-file, or say --snapshot');
  }
  if (!follow && beginnings.length === 0 && cursorFile === undefined) {
    throw new UsageError('--no-follow needs a beginning: --after, --since, --cursor-file or --snapshot');
  }
}

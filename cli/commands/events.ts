import type { Command } from '../command.js';
import { parseCount } from '../parse-count.js';
import { parseDuration } from '../parse-duration.js';
import { UsageError } from '../usage-error.js';

/** `vitals events` */
export const events: Command<{
  interval: number;
  stuckAfter: number | undefined;
  once: boolean;
  type: string[] | undefined;
  session: string[] | undefined;
  project: string[] | undefined;
  buffer: number;
}> = {
  command: 'events',
  describe: 'run the loop and print each event as a line of JSON',
  builder: (yargs) =>
    yargs
      .option('interval', {
        type: 'string',
        requiresArg: true,
        default: '10s',
        describe: 'how often to look: 500ms, 10s, 2m',
        coerce: (text: unknown) => parseDuration('interval', text),
      })
      .option('stuck-after', {
        type: 'string',
        requiresArg: true,
        describe: 'how long a session may be idle or blocked before it is stuck [never]',
        coerce: (text: unknown) => (text === undefined ? undefined : parseDuration('stuck-after', text)),
      })
      .option('once', { type: 'boolean', default: false, describe: 'make one pass, then exit' })
      .option('type', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'only events of this type (repeat for more)',
      })
      .option('session', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'only events of this ID or PROJECT/ID (repeat for more)',
      })
      .option('project', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'only events of this project (repeat for more)',
      })
      .option('buffer', {
        type: 'string',
        requiresArg: true,
        default: '1024',
        describe: 'how many events may wait for a slow reader before the oldest go',
        coerce: (text: unknown) => parseCount('buffer', text),
      }),
  repeatable: ['type', 'session', 'project'],
  run: async ({ interval, stuckAfter, once, type, session, project, buffer, ...flags }) => {
    const [{ openContext }, { printEvents }, { EVENT_TYPES }] = await Promise.all([
      import('../open-context.js'),
      import('../print-events.js'),
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
    });
  },
};

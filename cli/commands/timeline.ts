import type { Command } from '../command-line/command.js';
import { parseCount } from '../command-line/parse-count.js';
import { parseSince } from '../command-line/parse-since.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals timeline` */
export const timeline: Command<{
  since: number | undefined;
  output: string | undefined;
  text: boolean;
  width: number | undefined;
}> = {
  command: 'timeline',
  describe: 'draw events, a lane for each session: an SVG picture, or text; of stdin, or --since a time',
  builder: (yargs) =>
    yargs
      .option('since', {
        type: 'string',
        requiresArg: true,
        describe:
          'draw what the home has told since then: 10m, or an ISO 8601 time [draw the events on stdin]',
        coerce: (text: unknown) => (text === undefined ? undefined : parseSince(text)),
      })
      .option('output', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: 'the file to write [stdout]',
      })
      .option('text', { type: 'boolean', default: false, describe: 'text for a terminal' })
      .option('width', {
        type: 'string',
        requiresArg: true,
        describe: "how wide: pixels, or columns with --text [1000, or the terminal's]",
        coerce: (text: unknown) => (text === undefined ? undefined : parseCount('width', text)),
      }),
  run: async ({ since, output, text, width, ...flags }) => {
    if (since === undefined && process.stdin.isTTY) {
      throw new UsageError('say --since TIME, or give events on stdin: vitals timeline < events.ndjson');
    }
    const [{ printTimeline }, { readJournal }, { readInputEvents }, { openContext }] = await Promise.all([
      import('../timeline/print-timeline.js'),
      import('../timeline/read-journal.js'),
      import('../timeline/read-events.js'),
      import('../open-context.js'),
    ]);
    if (since === undefined) {
      const events = await readInputEvents(process.stdin);
      return printTimeline({ events, range: undefined, output, text, width });
    }
    const context = openContext(flags);
    const range = { from: since, to: context.clock.now() };
    return printTimeline({ events: await readJournal(context), range, output, text, width });
  },
};

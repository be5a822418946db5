import type { Command } from '../command-line/command.js';

/** `vitals list` */
export const list: Command<{ json: boolean }> = {
  command: 'list',
  describe: 'show every session: a table on a terminal, JSON lines elsewhere',
  builder: (yargs) =>
    yargs.option('json', { type: 'boolean', default: false, describe: 'JSON lines, on a terminal too' }),
  run: async ({ json, home }) => {
    const [{ SessionManager }, { resolveHome }, { systemClock }, { printSessions }] = await Promise.all([
      import('../../src/store/session-manager.js'),
      import('../../src/store/home-layout.js'),
      import('../../src/process/system-clock.js'),
      import('../output/print-sessions.js'),
    ]);
    return printSessions({
      sessions: new SessionManager({ home: resolveHome({ home, env: process.env }) }),
      clock: systemClock,
      asJson: json || !process.stdout.isTTY,
    });
  },
};

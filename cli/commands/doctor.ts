import type { Command } from '../command-line/command.js';

/** `vitals doctor` */
export const doctor: Command<{ json: boolean }> = {
  command: 'doctor',
  describe: "what works on this machine, what doesn't, and how to mend it",
  builder: (yargs) =>
    yargs.option('json', { type: 'boolean', default: false, describe: 'JSON lines, one for each finding' }),
  run: async ({ json, ...flags }) => {
    const [{ diagnose, findOwnProgram }, { openContext }, { printFindings }] = await Promise.all([
      import('../../index.js'),
      import('../open-context.js'),
      import('../output/print-findings.js'),
    ]);
    const program = findOwnProgram({
      path: process.env['PATH'],
      script: process.argv[1] ?? '',
      interpreter: process.execPath,
    });
    const findings = await diagnose(openContext(flags), { program });
    await printFindings(findings, { json });
    return findings.some(({ state }) => state === 'broken') ? 1 : 0;
  },
};

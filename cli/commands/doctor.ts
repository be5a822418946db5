import type { Command } from '../command.js';

/** `vitals doctor` */
export const doctor: Command<{ json: boolean }> = {
  command: 'doctor',
  describe: "what works on this machine, what doesn't, and how to mend it",
  builder: (yargs) => yargs.option('json', { type: 'boolean', default: false, describe: 'JSON lines' }),
  run: async ({ json, ...flags }) => {
    const [{ diagnose }, { openContext }, { print, printJson }, { renderFinding }] = await Promise.all([
      import('../../index.js'),
      import('../open-context.js'),
      import('../print.js'),
      import('../render-finding.js'),
    ]);
    const findings = await diagnose(openContext(flags));
    for (const finding of findings) await (json ? printJson(finding) : print(renderFinding(finding)));
    return findings.some(({ state }) => state === 'broken') ? 1 : 0;
  },
};

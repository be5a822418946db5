import { list } from './commands/list.js';
import { reportError } from './command-line/report-error.js';

/** Runs `vitals list` or `vitals list --json` without the parser of command lines: to load it is a third of a small home's listing. */
export async function runList({ json }: { json: boolean }): Promise<number> {
  try {
    return await list.run({ json });
  } catch (error) {
    return reportError(error);
  }
}

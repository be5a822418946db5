import { createInterface } from 'node:readline/promises';
import { printable } from '../text/printable.js';
import { UsageError } from '../command-line/usage-error.js';

/** Asks a person at the terminal, who must say yes. Where nobody can be asked, that is a `UsageError`. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError('nothing was changed: say --yes to do it, or --dry-run to only see it');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${printable(question)} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

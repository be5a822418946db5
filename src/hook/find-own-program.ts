import { realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { quoteWord } from '../session/quote-word.js';

/** What is known of how this program was called. */
export interface OwnProgramOptions {
  /** The value of PATH. */
  path: string | undefined;
  /** The script that runs, and what runs it. */
  script: string;
  interpreter: string;
}

/** How a shell calls this very program: as `vitals`, where that is it; else by its full path. */
export function findOwnProgram({ path = '', script, interpreter }: OwnProgramOptions): string {
  const own = realpathSync(script);
  const first = path
    .split(delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => resolveLink(join(directory, 'vitals')))
    .find((found) => found !== null);
  return first === own ? 'vitals' : `${quoteWord(interpreter)} ${quoteWord(own)}`;
}

function resolveLink(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}

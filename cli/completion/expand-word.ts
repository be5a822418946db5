import { homedir } from 'node:os';

/** A word of a command line as its shell would pass it on: bash hands it to a completion as it was typed. */
export function expandWord(word: string, { HOME }: NodeJS.ProcessEnv): string {
  const [, quote, quoted] = /^(['"])(.*?)\1?$/.exec(word) ?? [];
  if (quote !== undefined) return quoted ?? '';
  return word.replace(/^~(?=\/|$)/, () => HOME ?? homedir()).replace(/\\(.)/g, '$1');
}

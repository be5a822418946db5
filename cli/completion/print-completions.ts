import { print } from '../output/print.js';
import { printable } from '../text/printable.js';
import { findCandidates } from './find-candidates.js';
import type { CommandOutline } from './read-flags.js';

/** Prints what may stand for the last of these words, a line each: the word, a tab, and what it is. */
export async function printCompletions(
  commands: readonly CommandOutline[],
  words: readonly string[],
): Promise<number> {
  const candidates = await findCandidates(words, { commands, env: process.env });
  await print(
    candidates.map(({ word, description }) => `${printable(word)}\t${printable(description)}\n`).join(''),
  );
  return 0;
}

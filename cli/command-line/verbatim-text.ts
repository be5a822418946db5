import { skipOptions } from './skip-options.js';

/**
 * Takes the text out of a `send` command line: the one argument after ID, whatever it looks like, or the one behind a
 * `--` there. What is left can be parsed. Without a text, it is null.
 */
export function takeVerbatimText(argv: readonly string[]): { argv: string[]; text: string | null } {
  const none = { argv: [...argv], text: null };
  const command = skipOptions(argv, 0);
  if (argv[command] !== 'send') return none;
  const id = skipOptions(argv, command + 1);
  const isBehind = argv[id - 1] !== '--' && argv[id + 1] === '--' && argv[id + 2] !== undefined;
  const place = isBehind ? id + 2 : id + 1;
  const text = argv[place];
  if (text === undefined) return none;
  return { argv: [...argv.slice(0, place), ...argv.slice(place + 1)], text };
}

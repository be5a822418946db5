import { skipOptions } from './skip-options.js';

const TAKING_TEXT: ReadonlySet<string> = new Set(['send', 'answer']);

/**
 * Takes the text out of a command line of `send` or `answer`: the one argument after ID, whatever it looks like, or the one behind a
 * `--` there. What is left can be parsed. Without a text, it is null.
 */
export function takeVerbatimText(argv: readonly string[]): { argv: string[]; text: string | null } {
  const none = { argv: [...argv], text: null };
  const command = skipOptions(argv, 0);
  if (!TAKING_TEXT.has(argv[command] ?? '')) return none;
  const id = skipOptions(argv, command + 1);
  const isBehind = argv[id - 1] !== '--' && argv[id + 1] === '--' && argv[id + 2] !== undefined;
  const place = isBehind ? id + 2 : id + 1;
  const text = argv[place];
  if (text === undefined) return none;
  return { argv: [...argv.slice(0, place), ...argv.slice(place + 1)], text };
}

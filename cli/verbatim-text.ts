/** The options of `send` that take a value of their own. */
const VALUED = new Set(['--home', '--tmux-socket', '--if']);

/**
 * Takes the text out of a `send` command line: the one argument after ID, whatever it looks like. What is left can be
 * parsed. Without a text, it is null.
 */
export function takeVerbatimText(argv: readonly string[]): { argv: string[]; text: string | null } {
  const none = { argv: [...argv], text: null };
  const command = skipOptions(argv, 0);
  if (argv[command] !== 'send') return none;
  const id = skipOptions(argv, command + 1);
  const text = argv[id + 1];
  if (text === undefined) return none;
  return { argv: [...argv.slice(0, id + 1), ...argv.slice(id + 2)], text };
}

function skipOptions(argv: readonly string[], from: number): number {
  let index = from;
  while (argv[index]?.startsWith('-')) index += VALUED.has(argv[index] ?? '') ? 2 : 1;
  return index;
}

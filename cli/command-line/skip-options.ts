/** The options of all commands, and of `send`, that take a value of their own. */
const VALUED = new Set(['--home', '--tmux-socket', '--if', '--wait']);

/** Where the first word stands, from an index on, that is no option; behind `--` nothing is one. */
export function skipOptions(argv: readonly string[], from: number): number {
  let index = from;
  while (argv[index]?.startsWith('-')) {
    if (argv[index] === '--') return index + 1;
    index += VALUED.has(argv[index] ?? '') ? 2 : 1;
  }
  return index;
}

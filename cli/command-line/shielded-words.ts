/** No argument of a program can hold it. */
const SHIELD = '\0';

/** Makes what stands behind `--` look like no option, for a parser that would take it for one. */
export function shieldWords(argv: readonly string[]): string[] {
  const at = argv.indexOf('--');
  if (at === -1) return [...argv];
  return [...argv.slice(0, at), ...argv.slice(at + 1).map((word) => SHIELD + word)];
}

/** A parsed value as it was given. */
export function unshield(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(SHIELD, '');
  return Array.isArray(value) ? value.map(unshield) : value;
}

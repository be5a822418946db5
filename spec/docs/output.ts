/** What is another with each run, in what a block prints. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  // Which of two sources proves a death first is a race.
  [/"evidence":\{[^}]*\}/g, '"evidence":{}'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(:\d+)?/g, 'UUID'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME'],
  [/\S*\/tmux-\d+\//g, '/tmp/tmux/'],
  [/"seq":\d+/g, '"seq":N'],
  [/([%$@])\d+/g, '$1N'],
  [/\d{3,}/g, 'N'],
  [/\b\d+ ?(ms|s|min|m|h|d)\b/g, 'AGE'],
  [/title: '[^']*'/g, "title: ''"],
  [/\s+/g, ' '],
];

const mask = (line: string, home: string): string =>
  VARIABLE.reduce(
    (masked, [pattern, sign]) => masked.replace(pattern, sign),
    line.replaceAll(home, '~'),
  ).trim();

/** The first documented line that was not printed after the lines before it; `…` stands for anything. */
export function findMissing(documented: string, printed: string, { home }: { home: string }): string | null {
  const lines = printed.split('\n').map((line) => mask(line, home));
  let from = 0;
  for (const wanted of documented.split('\n').filter((line) => line.trim() !== '')) {
    const pattern = new RegExp(`^${mask(wanted, home).split('…').map(escape).join('.*')}$`);
    const found = lines.findIndex((line, index) => index >= from && pattern.test(line));
    if (found < 0) return wanted;
    from = found + 1;
  }
  return null;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

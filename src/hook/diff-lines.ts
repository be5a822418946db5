const CONTEXT_LINES = 3;

/** The one stretch in which two texts differ, as lines that begin with `-` or `+`, and what stands around it. */
export function diffLines(before: string, after: string): string {
  if (before === after) return '';
  const [old, next] = [linesOf(before), linesOf(after)];
  const shortest = Math.min(old.length, next.length);
  let head = 0;
  while (head < shortest && old[head] === next[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && old.at(-1 - tail) === next.at(-1 - tail)) tail += 1;
  const mark = (sign: string, lines: string[]): string[] => lines.map((line) => `${sign}${line}`);
  const from = Math.max(0, head - CONTEXT_LINES);
  return [
    `@@ -${from + 1} +${from + 1} @@`,
    ...mark(' ', old.slice(from, head)),
    ...mark('-', old.slice(head, old.length - tail)),
    ...mark('+', next.slice(head, next.length - tail)),
    ...mark(' ', next.slice(next.length - tail, next.length - tail + CONTEXT_LINES)),
    '',
  ].join('\n');
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

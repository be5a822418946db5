import type { Dialog } from '../../index.js';
import { printable } from './printable.js';

/** A dialog as lines for people: its kind, its question, its options with the highlighted one marked. */
export function renderDialog({ kind, question, options, highlighted, input }: Dialog): string {
  const choices = options.map(({ label, number, meaning, isChecked }, index) => {
    const mark = index === highlighted ? '>' : ' ';
    const check = isChecked === undefined ? '' : isChecked ? '[x] ' : '[ ] ';
    return `${mark} ${number ?? index + 1}. ${check}${label}${meaning === null ? '' : `  (${meaning})`}`;
  });
  const text = input === 'text' ? ['  (it takes a text)'] : [];
  const lines = [`${kind}:`, ...question.split('\n').map((line) => `  ${line}`), ...choices, ...text];
  return lines.map((line) => `${printable(line).trimEnd()}\n`).join('');
}

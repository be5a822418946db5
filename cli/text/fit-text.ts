import stringWidth from 'string-width';
import { splitGraphemes } from './split-graphemes.js';

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

/** How many columns of a terminal a text takes, as far as that can be known without asking the terminal. */
export function textWidth(text: string): number {
  if (isAscii(text)) return text.length;
  let width = 0;
  for (const grapheme of splitGraphemes(text)) width += graphemeWidth(grapheme);
  return width;
}

/** A text cut, with `…` where something is missing, or filled up to exactly this many columns. */
export function fitText(text: string, columns: number): string {
  if (columns <= 0) return '';
  const width = textWidth(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  let taken = '';
  let room = columns - 1;
  for (const grapheme of splitGraphemes(text)) {
    room -= graphemeWidth(grapheme);
    if (room < 0) break;
    taken += grapheme;
  }
  return `${taken}…${' '.repeat(columns - 1 - textWidth(taken))}`;
}

// A mark stands on the character before it, whatever the script.
const graphemeWidth = (grapheme: string): number =>
  Math.min(2, stringWidth(grapheme.replace(/(?!\uFE0F)\p{M}/gu, '')));

import { printable } from './printable.js';

/** A text of many lines, each of which can't steer a terminal; tabs are widened. */
export const printableLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => printable(line.replaceAll('\t', '    ')))
    .join('\n');

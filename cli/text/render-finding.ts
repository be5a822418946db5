import type { Finding } from '../../index.js';
import { colours } from './colours.js';
import { printable } from './printable.js';
import { wrapWords } from './wrap-words.js';

const SIGNS = {
  ok: colours.green('ok      '),
  warning: colours.yellow('warning '),
  broken: colours.red('broken  '),
};

const INDENT = ' '.repeat(8);

/**
 * A finding as a line, or as many as it takes at this width, and its cure as another: that one stays whole, so that it can
 * be copied.
 */
export function renderFinding({ check, state, found, cure }: Finding, columns: number): string {
  const text = wrapWords(printable(`${check}: ${found}`), columns - INDENT.length).join(`\n${INDENT}`);
  const line = `${SIGNS[state]}${text}\n`;
  return cure === null ? line : `${line}${INDENT}${printable(cure)}\n`;
}

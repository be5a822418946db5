import type { Finding } from '../index.js';
import { colours } from './colours.js';
import { printable } from './printable.js';

const SIGNS = {
  ok: colours.green('ok      '),
  warning: colours.yellow('warning '),
  broken: colours.red('broken  '),
};

/** A finding as a line, and its cure as another. */
export function renderFinding({ subject, state, message, cure }: Finding): string {
  const line = `${SIGNS[state]}${printable(subject)}: ${printable(message)}\n`;
  return cure === undefined ? line : `${line}        ${printable(cure)}\n`;
}

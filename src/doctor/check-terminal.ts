import type { Finding } from '../session/finding.js';
import { ok, warning } from '../session/make-finding.js';
import type { Checkup } from './checkup.js';

/** What the terminal can show, as its variables say. */
export function checkTerminal({ env, isTerminal }: Pick<Checkup, 'env' | 'isTerminal'>): Finding[] {
  if (!isTerminal) return [ok('terminal', 'none here: what is printed is plain')];
  const { TERM, NO_COLOR, FORCE_COLOR } = env;
  if (!TERM || TERM === 'dumb') {
    const found = TERM ? `TERM is ${TERM}: the board of vitals watch can't be drawn` : 'TERM is not set';
    return [warning('terminal', found, 'export TERM=xterm-256color')];
  }
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(Boolean);
  if (!/utf-?8/i.test(locale ?? '')) {
    const found = `${TERM}, in the locale ${locale ?? 'C'}, which is not UTF-8: other letters than a to z may look wrong`;
    return [warning('terminal', found, 'export LC_ALL=C.UTF-8')];
  }
  const isColoured = FORCE_COLOR ? FORCE_COLOR !== '0' : true;
  return [ok('terminal', `${TERM}, UTF-8, ${NO_COLOR || !isColoured ? 'no colours wanted' : 'colours'}`)];
}

/** What the keys do. */
export const HELP = [
  'KEYS',
  '  up k, down j      select a session (PgUp, PgDn, g, G: further)',
  '  Enter             attach: show it here; detach from it to come back',
  '  s                 send it a line of text',
  '  a                 answer its open dialog: yes, no, always, a number, words',
  '  x                 kill it (asks first)',
  '  /                 filter by name, status, agent, task or command',
  '  Esc               back to the top, without a filter',
  '  q, Ctrl-C         quit: the sessions go on',
  '',
  'SIGNS',
  '  ? needs input   ! stuck     ~ checks or review failed   > ready to merge',
  '  * at work       . waiting   x died                      + done',
];

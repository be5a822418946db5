import Table from 'cli-table3';
import { isTerminal, sessionKey, type Session, type Status } from '../index.js';
import { colours } from './colours.js';
import { describeAge } from './describe-age.js';
import { describeEnd } from './describe-end.js';
import { printable } from './printable.js';

const NO_BORDERS = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((part) => [part, part === 'middle' ? '  ' : '']),
);

/** The sessions as a table for a terminal. */
export function renderSessions(sessions: readonly Session[], now: number): string {
  if (sessions.length === 0) return 'no sessions yet: vitals spawn -- COMMAND starts one\n';
  const table = new Table({
    head: ['SESSION', 'STATUS', 'ACTIVITY', 'SINCE', 'AGENT', 'RUNTIME', 'COMMAND'],
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const session of sessions) {
    table.push([
      sessionKey(session),
      paint(session.status),
      describeState(session),
      describeAge(now - Date.parse(session.updatedAt)),
      printable(session.agent),
      printable(session.runtime),
      shorten(printable(session.command.join(' '))),
    ]);
  }
  return `${table.toString()}\n`;
}

function paint(status: Status): string {
  if (status === 'needs_input') return colours.yellow(status);
  if (status === 'errored' || status === 'killed' || status === 'stuck') return colours.red(status);
  return isTerminal(status) ? colours.dim(status) : colours.green(status);
}

const describeState = (session: Session): string =>
  isTerminal(session.status) ? describeEnd(session) : (session.activity ?? 'unknown');

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

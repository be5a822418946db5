import Table from 'cli-table3';
import type { Session, Status } from '../../index.js';
import { sessionKey } from '../../src/session/session-key.js';
import { isTerminal } from '../../src/session/status.js';
import { colours } from './colours.js';
import { describeAge } from './describe-age.js';
import { describeEnd } from './describe-end.js';
import { fitText, textWidth } from './fit-text.js';
import { printable } from './printable.js';

const NO_BORDERS = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((part) => [part, part === 'middle' ? '  ' : '']),
);

const HEAD = ['SESSION', 'STATUS', 'ACTIVITY', 'SINCE', 'AGENT', 'RUNTIME', 'COMMAND'];
const GAP = 2;

/** How many columns of a command are shown, at least and at most. */
const COMMAND_COLUMNS = { least: 7, most: 40 };

export interface RenderOptions {
  now: number;
  /** How wide the terminal is; undefined where that is not known. */
  columns: number | undefined;
}

/** The sessions as a table for a terminal; what it has no room for is cut from the commands. */
export function renderSessions(sessions: readonly Session[], { now, columns }: RenderOptions): string {
  if (sessions.length === 0) return 'no sessions yet: vitals spawn -- COMMAND starts one\n';
  const table = new Table({
    head: HEAD,
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  const rows = sessions.map((session) => [
    sessionKey(session),
    session.status,
    describeState(session),
    describeAge(now - Date.parse(session.updatedAt)),
    printable(session.agent),
    printable(session.runtime),
  ]);
  const taken = HEAD.slice(0, -1).map((title, at) =>
    Math.max(...[title, ...rows.map((row) => row[at] ?? '')].map(textWidth)),
  );
  const left = (columns ?? Infinity) - taken.reduce((sum, width) => sum + width + GAP, 0);
  const room = Math.min(COMMAND_COLUMNS.most, Math.max(COMMAND_COLUMNS.least, left));
  sessions.forEach(({ status, command }, at) => {
    const [key = '', , ...rest] = rows[at] ?? [];
    table.push([key, paint(status), ...rest, fitText(printable(command.join(' ')), room).trimEnd()]);
  });
  return `${table.toString()}\n`;
}

function paint(status: Status): string {
  if (status === 'needs_input') return colours.yellow(status);
  if (status === 'errored' || status === 'killed' || status === 'stuck') return colours.red(status);
  return isTerminal(status) ? colours.dim(status) : colours.green(status);
}

const describeState = (session: Session): string =>
  isTerminal(session.status) ? describeEnd(session) : (session.activity ?? 'unknown');

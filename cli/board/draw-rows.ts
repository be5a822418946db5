import { colours } from '../text/colours.js';
import { describeAge } from '../text/describe-age.js';
import { fitText, textWidth } from '../text/fit-text.js';
import { printable } from '../text/printable.js';
import { groupOf, type StatusGroup } from '../text/status-group.js';
import { describeWait } from './describe-wait.js';
import { fitColumns, type Column, type Place } from './fit-columns.js';
import type { Row } from './row.js';

const HEADS: Record<string, string> = {
  status: '  STATUS',
  name: 'SESSION',
  since: 'FOR',
  wait: 'WAITS FOR',
  what: 'WHAT',
  agent: 'AGENT',
  evidence: 'LAST EVIDENCE',
};

const BY_NEED = ['status', 'name', 'since', 'wait', 'what', 'evidence', 'agent'];

const MIN_WIDTHS: Record<string, number> = { status: 15, name: 10, since: 3, wait: 10, what: 12, agent: 6 };

const MAX_WIDTHS: Record<string, number> = { name: 30, wait: 22, what: 34, agent: 14 };

const PAINTS: Record<StatusGroup['name'], (text: string) => string> = {
  asks: (text) => colours.bold(colours.yellow(text)),
  stuck: (text) => colours.bold(colours.red(text)),
  failing: colours.magenta,
  mergeable: colours.cyan,
  runs: colours.green,
  rests: colours.blue,
  died: colours.red,
  ended: colours.dim,
};

export interface DrawRowsOptions {
  /** All rows: the widths of the columns must not change when they scroll. */
  rows: readonly Row[];
  from: number;
  to: number;
  selected: number;
  width: number;
  now: number;
}

/** A line of heads, and one for each row that is shown. */
export function drawRows({ rows, from, to, selected, width, now }: DrawRowsOptions): string[] {
  const places = fitColumns(columnsFor(rows, width), { width, byNeed: BY_NEED });
  const head = cellsAt(places, HEADS)
    .map(({ place, text }) => at(place) + fitText(text, place.width))
    .join('');
  const shown = rows.slice(from, to).map((row, index) => {
    const isSelected = from + index === selected;
    const cells = cellsAt(places, cellsOf(row, { isSelected, now }));
    if (isSelected)
      return `${colours.inverse(' '.repeat(width))}\u001b[1G${cells.map(drawSelected).join('')}`;
    return cells.map((cell) => drawCell(cell, PAINTS[groupOf(row.status).name])).join('');
  });
  return [colours.bold(head), ...shown];
}

interface Cell {
  name: string;
  place: Place;
  text: string;
}

const drawSelected = ({ place, text }: Cell): string =>
  at(place) + colours.inverse(fitText(text, place.width));

function drawCell({ name, place, text }: Cell, paint: (text: string) => string): string {
  const fitted = fitText(text, place.width);
  if (name === 'evidence') return at(place) + colours.dim(fitted);
  return at(place) + (name === 'status' ? paint(fitted) : fitted);
}

// Each cell is put to its own column: if a terminal takes a character for wider than it is, the next ones stay in place.
const at = ({ start }: Place): string => (start === 0 ? '' : `\u001b[${start + 1}G`);

function cellsOf(
  row: Row,
  { isSelected, now }: { isSelected: boolean; now: number },
): Record<string, string> {
  const { status, name, since, agent, what, evidence } = row;
  return {
    status: `${isSelected ? '>' : ' '} ${groupOf(status).sign} ${status}`,
    name,
    since: describeAge(Math.max(0, now - Date.parse(since))),
    wait: printable(describeWait(row)),
    what: printable(what),
    agent: printable(agent),
    evidence: evidence ? printable(`${evidence.detail} (${evidence.source})`) : '',
  };
}

function cellsAt(places: ReadonlyMap<string, Place>, texts: Record<string, string>): Cell[] {
  return [...places].map(([name, place]) => ({ name, place, text: texts[name] ?? '' }));
}

function columnsFor(rows: readonly Row[], width: number): Column[] {
  const longest = (name: string, textOf: (row: Row) => string): Column => {
    const widest = Math.max(
      textWidth(HEADS[name] ?? ''),
      ...rows.map((row) => textWidth(printable(textOf(row)))),
    );
    return { name, min: MIN_WIDTHS[name] ?? 0, ideal: Math.min(widest, MAX_WIDTHS[name] ?? width) };
  };
  return [
    longest('status', ({ status }) => `> ? ${status}`),
    longest('name', ({ name }) => name),
    { name: 'since', min: 4, ideal: 4 },
    longest('wait', describeWait),
    longest('what', ({ what }) => what),
    longest('agent', ({ agent }) => agent),
    { name: 'evidence', min: 24, ideal: width },
  ];
}

import { colours } from '../text/colours.js';
import { fitText } from '../text/fit-text.js';
import { groupOf, STATUS_GROUPS } from '../text/status-group.js';
import { makeTicks } from './make-ticks.js';
import type { Lane } from './lane.js';
import type { Timeline } from './timeline.js';

const MAX_LABEL = 24;

/** The timeline as lines of text, `width` columns wide: a sign a column, of what asked most of a person then. */
export function drawText({ lanes, from, to, gaps }: Timeline, { width }: { width: number }): string {
  const label = Math.min(MAX_LABEL, Math.floor(width / 3), Math.max(...lanes.map(({ key }) => key.length)));
  const columns = Math.max(1, width - label - 1);
  const columnOf = (at: number): number =>
    Math.min(columns - 1, Math.floor(((at - from) / Math.max(1, to - from)) * columns));
  const axis = drawAxis({ from, to, columns, columnOf });
  const missing = gaps.reduce((sum, { missed }) => sum + missed, 0);
  return [
    ...lanes.map((lane) => `${fitText(lane.key, label)} ${drawLane(lane, columns, columnOf)}`),
    `${' '.repeat(label)} ${axis}`,
    ...drawLegend(lanes, width),
    ...(missing > 0 ? [`${missing} events are missing`] : []),
    '',
  ].join('\n');
}

function drawLane({ spans, marks }: Lane, columns: number, columnOf: (at: number) => number): string {
  const signs = Array.from({ length: columns }, () => ' ');
  const order = STATUS_GROUPS.map(({ sign }): string => sign);
  const put = (column: number, sign: string): void => {
    const shown = signs[column] ?? ' ';
    if (shown === ' ' || order.indexOf(sign) < order.indexOf(shown)) signs[column] = sign;
  };
  for (const { status, from, to } of spans) {
    for (let column = columnOf(from); column <= columnOf(to); column += 1) put(column, groupOf(status).sign);
  }
  for (const { type, at } of marks) {
    if (type !== 'wait') signs[columnOf(at)] = type === 'end' ? '+' : 'x';
  }
  return signs
    .join('')
    .trimEnd()
    .replace(/\?+/g, colours.yellow)
    .replace(/[!~x]+/g, colours.red);
}

interface AxisOptions {
  from: number;
  to: number;
  columns: number;
  columnOf: (at: number) => number;
}

function drawAxis({ from, to, columns, columnOf }: AxisOptions): string {
  const ticks = makeTicks({ from, to, count: Math.max(1, Math.floor(columns / 12)) });
  let axis = '';
  for (const { at, label } of ticks) {
    const text = `|${label}`;
    if (columnOf(at) + text.length <= columns) axis = axis.padEnd(columnOf(at)) + text;
  }
  return `${axis} UTC`.slice(0, columns);
}

function drawLegend(lanes: readonly Lane[], width: number): string[] {
  const signs = new Set([
    ...lanes.flatMap(({ spans }) => spans.map(({ status }): string => groupOf(status).sign)),
    ...lanes.flatMap(({ marks }) =>
      marks.map(({ type }) => (type === 'end' ? '+' : type === 'death' ? 'x' : '?')),
    ),
  ]);
  const items = new Map<string, string[]>();
  for (const { sign, legend } of STATUS_GROUPS) {
    if (signs.has(sign)) items.set(sign, [...(items.get(sign) ?? []), legend]);
  }
  const lines = [''];
  for (const [sign, legends] of items) {
    const item = `${sign} ${legends.join(' or ')}`;
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + item.length + 3 > width) lines.push(item);
    else lines[lines.length - 1] = last === '' ? item : `${last}   ${item}`;
  }
  return lines;
}

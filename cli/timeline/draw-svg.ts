import { describeAge } from '../text/describe-age.js';
import { STATUS_GROUPS, groupOf } from '../text/status-group.js';
import { drawLegend } from './draw-legend.js';
import { escapeXml } from './escape-xml.js';
import { LOOKS } from './looks.js';
import { drawMark } from './draw-mark.js';
import { makeTicks } from './make-ticks.js';
import type { Lane } from './lane.js';
import type { Timeline } from './timeline.js';

const FONT = 'ui-sans-serif, system-ui, Helvetica, Arial, sans-serif';
const LABEL_LIMIT = 28;
const LABEL_CHAR = 6.7;
const TOP = 58;
const RIGHT = 24;
const AXIS = 26;

/** The timeline as an SVG picture, `width` pixels wide. */
export function drawSvg(timeline: Timeline, { width }: { width: number }): string {
  const { lanes, from, to, gaps } = timeline;
  const rowHeight = lanes.length > 20 ? 18 : 30;
  const left = 20 + LABEL_CHAR * Math.min(LABEL_LIMIT, Math.max(...lanes.map(({ key }) => key.length)));
  const bottom = TOP + rowHeight * lanes.length;
  const scale = (width - left - RIGHT) / Math.max(1, to - from);
  const x = (at: number): number => round(left + (at - from) * scale);
  const ticks = makeTicks({ from, to, count: Math.max(2, Math.floor((width - left) / 90)) });
  const height = bottom + AXIS;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONT}" font-size="12" role="img">`,
    `<title>${escapeXml(describe(timeline))}</title>`,
    `<defs>${drawPatterns()}</defs>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="12" y="20" font-size="13" font-weight="600" fill="#1b1b1b">${escapeXml(describe(timeline))}</text>`,
    drawLegend(timeline, { y: 34 }),
    ...ticks.map(({ at, label }) => drawTick({ x: x(at), label, bottom })),
    ...lanes.map((lane, index) =>
      drawLane(lane, { x, left, top: TOP + index * rowHeight, rowHeight, index, width }),
    ),
    ...gaps.map(({ at, missed }) => drawGap({ x: x(at), missed, bottom })),
    '</svg>\n',
  ].join('\n');
}

const round = (value: number): number => Math.round(value * 10) / 10;

function describe({ lanes, from, to }: Timeline): string {
  const [start, end] = [from, to].map((at) => new Date(at).toISOString().slice(0, 16).replace('T', ' '));
  const count = `${lanes.length} session${lanes.length === 1 ? '' : 's'}`;
  return `${count}, ${start ?? ''} to ${end?.slice(0, 10) === start?.slice(0, 10) ? (end?.slice(11) ?? '') : (end ?? '')} UTC`;
}

const drawPatterns = (): string =>
  STATUS_GROUPS.flatMap(({ name }) => {
    const { fill, pattern } = LOOKS[name];
    if (!pattern) return [];
    return `<pattern id="${name}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="${fill}"/><path d="${pattern.path}" stroke="${pattern.stroke}" stroke-width="1" fill="none"/></pattern>`;
  }).join('');

const drawTick = ({ x, label, bottom }: { x: number; label: string; bottom: number }): string =>
  `<path d="M${x} ${TOP}V${bottom + 4}" stroke="#c9ced6" stroke-width="1"/>` +
  `<text x="${x}" y="${bottom + 17}" text-anchor="middle" font-size="11" fill="#4a4f57">${label}</text>`;

const drawGap = ({ x, missed, bottom }: { x: number; missed: number; bottom: number }): string =>
  `<path d="M${x} ${TOP}V${bottom}" stroke="#1b1b1b" stroke-width="1.5" stroke-dasharray="2 3"><title>${missed} events are missing here</title></path>`;

interface LanePlace {
  x: (at: number) => number;
  left: number;
  top: number;
  rowHeight: number;
  index: number;
  width: number;
}

function drawLane(lane: Lane, { x, left, top, rowHeight, index, width }: LanePlace): string {
  const middle = top + rowHeight / 2;
  const barHeight = rowHeight - (rowHeight > 20 ? 12 : 7);
  const label = lane.key.length > LABEL_LIMIT ? `${lane.key.slice(0, LABEL_LIMIT - 1)}…` : lane.key;
  const band =
    index % 2 === 0
      ? `<rect y="${top}" width="${width}" height="${rowHeight}" fill="#1b1b1b" opacity="0.035"/>`
      : '';
  const bars = lane.spans.map(({ status, from, to }) => {
    const { name } = groupOf(status);
    const { fill, pattern } = LOOKS[name];
    const title = `${status}, ${new Date(from).toISOString().slice(11, 19)}, ${describeAge(to - from)}`;
    return `<rect x="${x(from)}" y="${middle - barHeight / 2}" width="${Math.max(1, round(x(to) - x(from)))}" height="${barHeight}" fill="${pattern ? `url(#${name})` : fill}" stroke="#5b6068" stroke-width="0.6"><title>${escapeXml(title)}</title></rect>`;
  });
  const marks = lane.marks.map((mark) => drawMark(mark, { x: x(mark.at), y: middle, barHeight }));
  return `<g>${band}<text x="${left - 10}" y="${middle + 4}" text-anchor="end" font-size="${rowHeight > 20 ? 12 : 11}" fill="#1b1b1b">${escapeXml(label)}</text>${bars.join('')}${marks.join('')}</g>`;
}

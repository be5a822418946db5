import { groupOf, STATUS_GROUPS } from '../text/status-group.js';
import { drawMark } from './draw-mark.js';
import { LOOKS } from './looks.js';
import type { Mark } from './lane.js';
import type { Timeline } from './timeline.js';

const CHAR_WIDTH = 6.2;

const MARKS: readonly { type: Mark['type']; legend: string }[] = [
  { type: 'wait', legend: 'begins to wait for you' },
  { type: 'death', legend: 'died' },
  { type: 'end', legend: 'done' },
];

/** The legend as SVG: of what is in the picture, and nothing else. */
export function drawLegend({ lanes, gaps }: Timeline, { y }: { y: number }): string {
  const groups = new Set(lanes.flatMap(({ spans }) => spans.map(({ status }) => groupOf(status).name)));
  const marks = new Set(lanes.flatMap((lane) => lane.marks.map(({ type }) => type)));
  const items = [
    ...STATUS_GROUPS.filter(({ name }) => groups.has(name)).map(({ name, legend }) => ({
      legend,
      draw: (x: number) =>
        `<rect x="${x}" y="${y}" width="16" height="12" fill="${LOOKS[name].pattern ? `url(#${name})` : LOOKS[name].fill}" stroke="#5b6068" stroke-width="0.6"/>`,
    })),
    ...MARKS.filter(({ type }) => marks.has(type)).map(({ type, legend }) => ({
      legend,
      draw: (x: number) => drawMark({ type, text: legend }, { x: x + 8, y: y + 6, barHeight: 6 }),
    })),
    ...(gaps.length > 0
      ? [
          {
            legend: 'events are missing',
            draw: (x: number) =>
              `<path d="M${x + 8} ${y}V${y + 12}" stroke="#1b1b1b" stroke-width="1.5" stroke-dasharray="2 3"/>`,
          },
        ]
      : []),
  ];
  let x = 12;
  return items
    .map(({ legend, draw }) => {
      const item = `${draw(x)}<text x="${x + 21}" y="${y + 10}" font-size="11.5" fill="#1b1b1b">${legend}</text>`;
      x += 21 + Math.ceil(legend.length * CHAR_WIDTH) + 18;
      return item;
    })
    .join('');
}

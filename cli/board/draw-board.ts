import { colours } from '../text/colours.js';
import { describeEvent } from '../text/describe-event.js';
import { fitText } from '../text/fit-text.js';
import { printable } from '../text/printable.js';
import type { Board } from './board.js';
import { countRows } from './count-rows.js';
import { drawFoot } from './draw-foot.js';
import { drawRows } from './draw-rows.js';
import { HELP } from './help.js';
import { planLines } from './plan-lines.js';
import type { Row } from './row.js';
import { indexOfSelected, type View } from './view.js';

export interface Picture {
  board: Board;
  /** The board's rows as they stand: filtered and sorted. */
  rows: readonly Row[];
  view: View;
  size: { columns: number; lines: number };
  now: number;
}

/** The board as lines of a terminal, exactly as many as it has. */
export function drawBoard({ board, rows, view, size, now }: Picture): string[] {
  const { columns: width, lines } = size;
  const plan = planLines(lines);
  const text = (line: string): string => fitText(line, width).trimEnd();
  const selected = indexOfSelected(
    view,
    rows.map(({ key }) => key),
  );
  const shown = drawRows({ rows, from: view.top, to: view.top + plan.rows, selected, width, now });
  const middle =
    view.mode.type === 'help' ? HELP.map(text) : rows.length > 0 ? shown : [text(sayEmpty(board, view))];
  const news = board.news.slice(0, plan.news).map((event) => {
    const line = text(`${event.time.slice(11, 19)} ${printable(describeEvent(event))}`);
    return event.type === 'terminated' || event.type === 'tick_error' ? line : colours.dim(line);
  });
  return [
    colours.bold(text(countRows(board.rows.values()) + sayHidden(rows, view, plan.rows))),
    ...fill(middle, plan.rows + 1),
    ...(plan.news > 0 ? [colours.bold(text('NEWEST EVENTS')), ...fill(news, plan.news)] : []),
    drawFoot(view, width),
  ].slice(0, lines);
}

const fill = (lines: readonly string[], height: number): string[] =>
  Array.from({ length: height }, (_, index) => lines[index] ?? '');

function sayEmpty(board: Board, { filter }: View): string {
  if (board.rows.size === 0) return 'no sessions yet: vitals spawn -- COMMAND starts one';
  return `no session fits ${JSON.stringify(printable(filter))}: Esc shows them all`;
}

function sayHidden(rows: readonly Row[], { top, filter }: View, height: number): string {
  const last = Math.min(rows.length, top + height);
  const scrolled = rows.length > height ? ` | ${top + 1} to ${last} of ${rows.length}` : '';
  return scrolled + (filter === '' ? '' : ` | only ${JSON.stringify(printable(filter))}`);
}

import { checkWholeNumber } from './check-argument.js';
import type { PaneTarget } from './pane-target.js';
import { runGuarded } from './run-guarded.js';
import { UnexpectedReplyError } from './errors.js';
import { RecordFormat } from './record-format.js';
import type { TmuxTransport } from './tmux-transport.js';

const command = 'capture-pane';
const factFormats = ['#{cursor_x} #{cursor_y} #{cursor_flag} #{pane_in_mode} #{pane_width} #{pane_height}'];
const factForm = /^(\d+) (\d+) ([01]?) (\d*) (\d+) (\d+)$/;

export interface CaptureOptions {
  /** The last so many lines, the scrollback included, instead of what the screen shows. */
  lines?: number;
  signal?: AbortSignal;
}

/** Reads a pane's text as plain text, without the blank lines at its end. */
export async function capturePane(
  transport: TmuxTransport,
  target: PaneTarget,
  { lines, ...options }: CaptureOptions,
): Promise<string> {
  if (lines !== undefined) checkWholeNumber(lines, { subject: 'the number of lines', command });
  const history = lines === undefined ? [] : ['-S', `-${lines}`];
  const text = await runGuarded(transport, {
    ...options,
    command,
    target,
    act: [[command, '-p', ...history, '-t', target.paneId]],
  });
  const screen = text.replace(/\n+$/, '').split('\n');
  return screen.slice(lines === undefined ? 0 : -lines).join('\n');
}

/** What a pane's program shows at one instant. */
export interface PaneScreen {
  /** One string a row from the top, blank rows included, with the SGR sequences (colours, dim, inverse) that tmux prints. */
  rows: string[];
  /** Column and row, from 0. Programs that draw a cursor of their own hide this one. */
  cursor: { x: number; y: number; isVisible: boolean };
  width: number;
  height: number;
  /** Somebody scrolls or selects in it: the rows are still the program's. */
  isInMode: boolean;
}

/** Reads a pane's rows with their styles, its cursor and its size, in one run. */
export async function captureScreen(
  transport: TmuxTransport,
  target: PaneTarget,
  options: Pick<CaptureOptions, 'signal'>,
): Promise<PaneScreen> {
  const format = new RecordFormat();
  const output = await runGuarded(transport, {
    ...options,
    command,
    target,
    act: [
      ['display-message', '-p', '-t', target.paneId, format.format(factFormats)],
      [command, '-p', '-e', '-t', target.paneId],
    ],
  });
  const marked = format.readFirst(output, { command });
  const facts = factForm.exec(marked.record[0] ?? '');
  if (!facts) throw new UnexpectedReplyError('the pane did not say what it shows', { command, output });
  const [, x, y, flag, mode = '', width, height] = facts;
  return {
    rows: marked.rest.replace(/^\n/, '').replace(/\n$/, '').split('\n'),
    cursor: { x: Number(x), y: Number(y), isVisible: flag === '1' },
    width: Number(width),
    height: Number(height),
    isInMode: mode !== '' && mode !== '0',
  };
}

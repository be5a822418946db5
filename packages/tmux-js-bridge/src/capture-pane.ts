import { checkWholeNumber } from './check-argument.js';
import type { PaneTarget } from './pane-target.js';
import { runGuarded } from './run-guarded.js';
import type { TmuxTransport } from './tmux-transport.js';

const command = 'capture-pane';

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

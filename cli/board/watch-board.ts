import { ReadStream } from 'node:tty';
import type { ControlContext } from '../../index.js';
import { followSessions, type Following } from '../following/follow-sessions.js';
import { nextSignal } from '../terminal/signals.js';
import { UsageError } from '../command-line/usage-error.js';
import { BoardScreen } from './board-screen.js';

export interface WatchBoardOptions {
  pollIntervalMs: number;
  stuckAfterMs: number | undefined;
}

/** Shows the board on this terminal until someone quits it; resolves to the exit code. */
export async function watchBoard(context: ControlContext, options: WatchBoardOptions): Promise<number> {
  const { stdin: input, stdout: output } = process;
  if (!(input instanceof ReadStream) || !output.isTTY) {
    throw new UsageError('watch needs a terminal; without one, `vitals events` prints each change as JSON');
  }
  const board = new BoardScreen(context, { input, output });
  // What is written on stderr would stand in the middle of the board.
  const warn = (text: string): void => board.say({ tone: 'error', text });
  const following = await followSessions(context, { ...options, warn });
  const interruption = nextSignal();
  let signal: NodeJS.Signals | null = null;
  try {
    board.open(following.sessions);
    signal = await Promise.race([
      interruption.signal,
      board.closed.then(() => null),
      Promise.all([tellAll(following, board), tellErrors(following, board)]).then(() => null),
    ]);
  } finally {
    board.close();
    await following.stop();
    interruption.forget();
  }
  if (signal) process.kill(process.pid, signal);
  return 0;
}

async function tellAll({ events }: Following, board: BoardScreen): Promise<void> {
  for await (const event of events) await board.tell(event);
}

async function tellErrors({ firstPass }: Following, board: BoardScreen): Promise<void> {
  const report = await firstPass;
  if (report?.error != null) board.say({ tone: 'error', text: report.error });
}

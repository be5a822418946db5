import {
  CursorFile,
  LifecycleManager,
  LifecycleStoppedError,
  prepareHome,
  type ControlContext,
  type PassReport,
} from '../../index.js';
import { findBeginning } from './find-beginning.js';
import { finishLines } from '../output/finish-lines.js';
import { LinePrinter } from '../output/line-printer.js';
import { openLines, type LinesOptions } from './open-lines.js';
import { printLines } from './print-lines.js';
import { reportError } from '../command-line/report-error.js';
import { say } from '../output/say.js';
import { nextSignal } from '../terminal/signals.js';
import { staySmall } from './stay-small.js';
import { untilFailed } from './until-failed.js';

export interface PrintEventsOptions extends LinesOptions {
  pollIntervalMs: number;
  stuckAfterMs: number | undefined;
  once: boolean;
  /** Where the cursor is kept, if it is. */
  cursorPath: string | null;
}

/** Runs the home's loop, or follows it, and prints its events until a signal or the reader ends it; resolves to the exit code. */
export async function printEvents(context: ControlContext, options: PrintEventsOptions): Promise<number> {
  staySmall();
  const { pollIntervalMs, stuckAfterMs, once, follow, snapshot, resync, filter, cursorPath } = options;
  // The journal alone can be read where nothing may be written; whatever else takes part in the loop.
  if (follow || once || snapshot || resync) await prepareHome(context.sessions);
  const manager = new LifecycleManager({
    ...context,
    ...{ pollIntervalMs, stuckAfterMs, warn: (message: string) => say(`vitals: ${message}`) },
  });
  const cursorFile = cursorPath === null ? null : new CursorFile(cursorPath);
  const beginning = await findBeginning(manager, cursorFile, options);
  // One pass ends by itself, and so do the lines after it.
  const lines = openLines(manager, { ...options, ...beginning, follow: follow && !once });
  const isLive = beginning.after === null && !beginning.snapshot;

  const interruption = nextSignal();
  const watching = look(manager, { once, follow }).then((report) => {
    if (report) say(report.error ?? `watching ${context.sessions.home}: ${report.sessions} sessions`);
    return report;
  }, unlessStopped);
  const printer = new LinePrinter();
  const print = (): Promise<void> => printLines(lines, { printer, filter, cursorFile });
  const printing = once && !isLive ? watching.then(print) : print();
  const end = async (): Promise<null> => {
    const looked = once && isLive ? watching : untilFailed(watching);
    await Promise.race([printing, looked, ...(cursorFile ? [cursorFile.failed] : [])]);
    await manager.stop();
    await printing;
    return null;
  };

  try {
    const signal = await Promise.race([interruption.signal, end()]);
    await manager.stop();
    if (signal) {
      await finishLines(printing, printer);
      interruption.forget();
      process.kill(process.pid, signal);
    }
  } catch (error) {
    await manager.stop();
    const isTaken = await finishLines(printing, printer).catch(() => true);
    // What a reader does not take would keep the process.
    if (!isTaken) process.exit(await reportError(error));
    throw error;
  } finally {
    interruption.forget();
  }
  return once && (await watching)?.error ? 1 : 0;
}

/** The first pass; null where none is wanted. */
async function look(
  manager: LifecycleManager,
  { once, follow }: { once: boolean; follow: boolean },
): Promise<PassReport | null> {
  if (once) return manager.tick();
  return follow ? manager.start().firstPass : null;
}

/** A pass that a signal came before is no error. */
function unlessStopped(error: unknown): null {
  if (error instanceof LifecycleStoppedError) return null;
  throw error;
}

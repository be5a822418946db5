import { setTimeout as delay } from 'node:timers/promises';
import {
  CursorFile,
  LifecycleManager,
  LifecycleStoppedError,
  prepareHome,
  type After,
  type ControlContext,
} from '../index.js';
import { openLines, type LinesOptions } from './open-lines.js';
import { printLines } from './print-lines.js';
import { say } from './say.js';
import { nextSignal } from './signals.js';
import { staySmall } from './stay-small.js';

/** How long a slow reader may take for what is left, once the loop was told to end. */
const DRAIN_LIMIT_MS = 1_000;

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
  const { pollIntervalMs, stuckAfterMs, once, follow, filter, cursorPath } = options;
  await prepareHome(context.sessions);
  const manager = new LifecycleManager({
    ...context,
    ...{ pollIntervalMs, stuckAfterMs, warn: (message: string) => say(`vitals: ${message}`) },
  });
  const cursorFile = cursorPath === null ? null : new CursorFile(cursorPath);
  const after = await beginning(options.after, cursorFile);
  // One pass ends by itself, and so do the lines after it.
  const lines = openLines(manager, { ...options, after, follow: follow && !once });
  const print = (): Promise<void> => printLines(lines, { filter, cursorFile });
  const isLive = after === null && !options.snapshot;
  if (!follow && !once) {
    await print();
    await manager.stop();
    return 0;
  }

  const interruption = nextSignal();
  const firstPass = once ? manager.tick() : manager.start().firstPass;
  const watching = firstPass.then((report) => {
    if (report) say(report.error ?? `watching ${context.sessions.home}: ${report.sessions} sessions`);
    return report;
  }, unlessStopped);
  const printing = once && !isLive ? watching.then(print) : print();

  const signal = await Promise.race([
    interruption.signal,
    printing.then(() => null),
    once && isLive ? watching.then(() => null) : untilFailed(watching),
  ]);
  await manager.stop();
  await (signal ? Promise.race([printing, delay(DRAIN_LIMIT_MS)]) : printing);
  interruption.forget();
  if (signal) process.kill(process.pid, signal);
  return once && (await watching)?.error ? 1 : 0;
}

/** Where to begin: a cursor file that is not there yet says from now on, and is there from now on. */
async function beginning(after: After | null, cursorFile: CursorFile | null): Promise<After | null> {
  if (!cursorFile) return after;
  const cursor = await cursorFile.read();
  return cursor === null ? (after ?? 'now') : { cursor };
}

/** What can't begin can't go on. */
const untilFailed = (promise: Promise<unknown>): Promise<never> =>
  promise.then(() => new Promise<never>(() => undefined));

/** A pass that a signal came before is no error. */
function unlessStopped(error: unknown): null {
  if (error instanceof LifecycleStoppedError) return null;
  throw error;
}

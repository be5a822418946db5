import { setTimeout as delay } from 'node:timers/promises';
import { LifecycleManager, LifecycleStoppedError, prepareHome, type ControlContext } from '../index.js';
import { fitsFilter, type EventFilter } from './event-filter.js';
import { isClosedPipe, printJson } from './print.js';
import { say } from './say.js';
import { nextSignal } from './signals.js';

/** How long a slow reader may take for what is left, once the loop was told to end. */
const DRAIN_LIMIT_MS = 1_000;

export interface PrintEventsOptions {
  pollIntervalMs: number;
  stuckAfterMs: number | undefined;
  once: boolean;
  capacity: number;
  filter: EventFilter;
}

/** Runs the loop and prints its events, until a signal or the reader ends it; resolves to the exit code. */
export async function printEvents(
  context: ControlContext,
  { pollIntervalMs, stuckAfterMs, once, capacity, filter }: PrintEventsOptions,
): Promise<number> {
  await prepareHome(context.sessions);
  const manager = new LifecycleManager({ ...context, pollIntervalMs, stuckAfterMs });
  const printing = printAll(manager, { capacity, filter });
  const interruption = nextSignal();
  const firstPass = once ? manager.tick() : manager.start().firstPass;
  const watching = firstPass.then((report) => {
    if (report) say(report.error ?? `watching ${context.sessions.home}: ${report.sessions} sessions`);
    return report;
  }, unlessStopped);

  const signal = await Promise.race([
    interruption.signal,
    printing.then(() => null),
    ...(once ? [watching.then(() => null)] : []),
  ]);
  await manager.stop();
  await (signal ? Promise.race([printing, delay(DRAIN_LIMIT_MS)]) : printing);
  interruption.forget();
  if (signal) process.kill(process.pid, signal);
  return once && (await watching)?.error ? 1 : 0;
}

/** A pass that a signal came before is no error. */
function unlessStopped(error: unknown): null {
  if (error instanceof LifecycleStoppedError) return null;
  throw error;
}

/** Prints events until there are no more, or nobody reads them. */
async function printAll(
  manager: LifecycleManager,
  { capacity, filter }: Pick<PrintEventsOptions, 'capacity' | 'filter'>,
): Promise<void> {
  try {
    for await (const event of manager.events({ capacity, where: (event) => fitsFilter(event, filter) })) {
      await printJson(event);
    }
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}

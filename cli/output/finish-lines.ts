import { setTimeout as delay } from 'node:timers/promises';
import type { LinePrinter } from './line-printer.js';

/** How long a slow reader may take for what is left. */
const DRAIN_LIMIT_MS = 1_000;

/** How long it may then take for the rest of a line that it has a part of. */
const LINE_LIMIT_MS = 5_000;

/** Lets what is being printed come to an end, as far as its reader takes it in time; resolves to whether all was taken. */
export async function finishLines(printing: Promise<void>, printer: LinePrinter): Promise<boolean> {
  if (await endsWithin(DRAIN_LIMIT_MS, printing)) return true;
  printer.close();
  return printer.isWithinLine && endsWithin(LINE_LIMIT_MS, printing);
}

async function endsWithin(limitMs: number, printing: Promise<void>): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([printing.then(() => true), delay(limitMs, false, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}

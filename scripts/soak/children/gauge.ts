/*
 * Loaded by `--import` into the programs that a soak watches: it writes what they hold to a file, again and again. Nothing
 * of it is in the program itself, and its own timer keeps nothing alive.
 */
import { renameSync, writeFileSync } from 'node:fs';
import type { GaugeReading } from '../gauge-reading.js';

/** What is in use for a moment is not held: of so many looks the least counts. */
const LOOKS = 5;

const path = process.env['SOAK_GAUGE'];
const beatMs = Number(process.env['SOAK_BEAT_MS']);
let looks: { timers: number; resources: number }[] = [];

function look(): { timers: number; resources: number } {
  const resources = process.getActiveResourcesInfo();
  return { timers: resources.filter((name) => name === 'Timeout').length, resources: resources.length };
}

function write(file: string): void {
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  const least = (kind: 'timers' | 'resources'): number => Math.min(...looks.map((one) => one[kind]));
  const reading: GaugeReading = {
    ...{ heapBytes: heapUsed, rssBytes: rss, externalBytes: external },
    ...{ timers: least('timers'), resources: least('resources') },
  };
  looks = [];
  writeFileSync(`${file}.tmp`, JSON.stringify(reading));
  renameSync(`${file}.tmp`, file);
}

if (path !== undefined) {
  setInterval(() => {
    looks.push(look());
    if (looks.length >= LOOKS) write(path);
  }, beatMs / LOOKS).unref();
}

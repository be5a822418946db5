import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../index.js';
import { seededRandom } from './torture/seeded-random.js';
import type { Outcome, Trial } from './torture/trial.js';
import { TRIALS } from './torture/trials.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    short: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
  },
});

/** How many of the losses of a trial are shown. */
const SHOWN_LOSSES = 10;

async function attempt(trial: Trial, seed: number): Promise<{ outcome: Outcome; seconds: number }> {
  const directory = await mkdtemp(join(tmpdir(), `vitals-${trial.name}-`));
  const startedMs = performance.now();
  const seconds = (): number => Math.round((performance.now() - startedMs) / 100) / 10;
  try {
    const random = seededRandom(seed);
    return { outcome: await trial.run({ directory, random, isShort: values.short }), seconds: seconds() };
  } catch (error) {
    // A trial that can't be made to its end shows nothing.
    const losses = [`the trial failed: ${messageOf(error)}`];
    return { outcome: { type: 'tried', losses, counts: {} }, seconds: seconds() };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A trial's line of the table. */
function describe(trial: Trial, outcome: Outcome, seconds: number): string {
  const columns = [trial.name.padEnd(16), `${seconds} s`.padStart(8)];
  if (outcome.type === 'skipped') return [...columns, ' lost 0 ', `skipped: ${outcome.reason}`].join(' ');
  const tried = Object.entries(outcome.counts).map(([what, count]) => `${count} ${what}`);
  const verdict = outcome.losses.length === 0 ? 'held' : 'BROKEN';
  columns.push(
    ` lost ${outcome.losses.length} `,
    tried.join(', ').padEnd(40),
    ` ${verdict}: ${trial.promise}`,
  );
  return columns.join(' ');
}

/* eslint-disable no-console -- a table for people */
const unknown = (values.only ?? []).filter((name) => !TRIALS.some((trial) => trial.name === name));
if (unknown.length > 0) {
  console.error(`no trial is called ${unknown.join()}: take ${TRIALS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const seed = Number(values.seed);
console.log(`seed ${seed}${values.short ? ', the short form' : ''}`);
let isBroken = false;
for (const trial of TRIALS.filter(({ name }) => values.only?.includes(name) ?? true)) {
  const { outcome, seconds } = await attempt(trial, seed);
  if (outcome.type === 'tried') {
    for (const loss of outcome.losses.slice(0, SHOWN_LOSSES)) console.error(`${trial.name}: ${loss}`);
    isBroken ||= outcome.losses.length > 0;
  }
  console.log(describe(trial, outcome, seconds));
}
process.exitCode = isBroken ? 1 : 0;

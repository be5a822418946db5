import { appendFileSync } from 'node:fs';
import { readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../index.js';
import type { Actor } from './actor.js';
import { PROFILES } from './agents/profiles.js';
import type { Job } from './job.js';
import { SCENARIOS } from './scenarios.js';
import { endStrays, Stage } from './stage.js';

/** Plays the scenarios of one run, inside its network namespace: `node perform.js JOB`, a job as JSON. */
const job = JSON.parse(process.argv[2] ?? '{}') as Job;
const profile = PROFILES[job.agent];
const namespace = await readlink('/proc/self/ns/net');
// What a run leaves behind is ended by its namespace: that must be no one else's.
if (namespace === job.outerNamespace) throw new Error('this run has no network namespace of its own');
await writeFile(join(job.folder, 'namespace'), namespace);
const stage = new Stage({ folder: job.folder, profile, isHooked: job.isHooked, scenarios: job.scenarios });

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void endStrays([process.pid]).then(() => process.exit(130)));

async function play(name: string): Promise<void> {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (scenario === undefined) return;
  const actors: Actor[] = [];
  try {
    await scenario.play(stage, name, actors);
  } catch (error) {
    actors[0]?.note(
      `the scenario failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
  for (const actor of actors) {
    actor.unsure('the end');
    // A trial is about commands: what is true meanwhile is not written down whole.
    if (scenario.isTrial === true) actor.account.truths.length = 0;
    await stage.tmux('kill-session', '-t', actor.target.replace(/:$/, ''));
    appendFileSync(join(job.folder, 'truth.ndjson'), `${JSON.stringify(actor.account)}\n`);
  }
}

const pending = [...job.scenarios];
async function playNext(): Promise<void> {
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) await play(name);
}

try {
  const whyNot = await stage.open();
  if (whyNot !== null) await writeFile(join(job.folder, 'skipped'), whyNot);
  else {
    const lanes = Array.from({ length: job.parallel }, async (_, lane) => {
      await delay(lane * 1500);
      await playNext();
    });
    await Promise.all(lanes);
    // The last change is told within a pass or two.
    await delay(2500);
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
} finally {
  await stage.close();
}
process.exit();

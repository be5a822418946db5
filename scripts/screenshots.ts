import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { syntheticEvents } from '../fixtures/synthetic-events.js';
import { recordBoard } from './board-picture.js';

const VITALS = fileURLToPath(new URL('../bin/main.js', import.meta.url));

/** What `vitals timeline` draws of a made-up morning. */
function drawTimeline(count: number): string {
  const input = syntheticEvents(count)
    .map((event) => `${JSON.stringify(event)}\n`)
    .join('');
  const { status, stdout, stderr } = spawnSync(process.execPath, [VITALS, 'timeline'], {
    input,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`vitals timeline failed: ${stderr}`);
  return stdout;
}

for (const count of [3, 60]) {
  const file = new URL(`../../docs/timeline-${count}.svg`, import.meta.url);
  const wanted = drawTimeline(count);
  if (!process.argv.includes('--check')) await writeFile(file, wanted);
  else if ((await readFile(file, 'utf8')) !== wanted) {
    process.stderr.write(`docs/timeline-${count}.svg is stale: npm run build && npm run screenshots\n`);
    process.exitCode = 1;
  }
}

// A recording differs from the last one each time: it is made only when it is asked for.
if (process.argv.includes('--board')) {
  await writeFile(new URL('../../docs/board.svg', import.meta.url), await recordBoard());
}

import { join, resolve } from 'node:path';
import { messageOf } from '../index.js';
import { findRecordings } from './accuracy/find-recordings.js';
import { readRecording } from './accuracy/read-recording.js';
import { replay } from './accuracy/replay.js';
import { toJson, toText } from './accuracy/report.js';
import { addScores, score, type Score } from './accuracy/score.js';

/** Measures every recording below a folder, by agent. What can't be measured is noted. */
async function measure(
  root: string,
  names: readonly string[],
): Promise<{ scores: Map<string, Score>; notes: string[] }> {
  const scores = new Map<string, Score>();
  const notes: string[] = [];
  for (const name of names) {
    try {
      const read = await readRecording(join(root, name), { name });
      notes.push(...read.notes);
      for (const recording of read.recordings) {
        const own = score(recording, await replay(recording));
        const before = scores.get(recording.agent);
        scores.set(recording.agent, before ? addScores(before, own) : own);
      }
    } catch (error) {
      notes.push(`${name}: not measured, ${messageOf(error)}`);
    }
  }
  return { scores, notes };
}

const args = process.argv.slice(2);
const dirs = args.filter((arg) => arg !== '--json');
const [dir] = dirs;
if (dir === undefined || dirs.length > 1 || dir.startsWith('-')) {
  process.stderr.write('usage: npm run accuracy -- DIR [--json]\n');
  process.exitCode = 2;
} else {
  const root = resolve(dir);
  const names = await findRecordings(root).catch((error: unknown) => messageOf(error));
  if (typeof names === 'string' || names.length === 0) {
    const why = typeof names === 'string' ? names : 'no events.jsonl is below it';
    process.stderr.write(`${dir} holds no recordings: ${why}\n`);
    process.exitCode = 2;
  } else {
    const { scores, notes } = await measure(root, names);
    process.stdout.write(`${args.includes('--json') ? toJson(scores, notes) : toText(scores, notes)}\n`);
  }
}

import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The folders below this one that hold a recording, relative to it, in order. Rejects if there is no such folder. */
export async function findRecordings(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true });
  return entries
    .filter((path) => path === 'events.jsonl' || path.endsWith('/events.jsonl'))
    .map((path) => dirname(join(path)))
    .toSorted();
}

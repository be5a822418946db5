import { setTimeout as delay } from 'node:timers/promises';
import type { SessionManager } from '../../index.js';
import type { Watcher } from './watcher.js';

const LIMIT_MS = 20_000;
const LOOK_MS = 100;
const SHOWN = 10;

/** Once all sessions are ended: waits until every story is what is on disk; returns where it does not come to that. */
export async function awaitAgreement(
  sessions: SessionManager,
  watchers: readonly Watcher[],
  signal: AbortSignal,
): Promise<string[]> {
  let differences: string[] = [];
  for (const endMs = performance.now() + LIMIT_MS; performance.now() < endMs && !signal.aborted;) {
    await delay(LOOK_MS);
    const records = (await sessions.list()).sessions;
    const alive = records.filter(({ exit }) => exit === null);
    differences = [
      ...alive.map(({ id, status }) => `${id} is still ${status}`),
      ...watchers.flatMap(({ name, story }) => story.differences(records).map((what) => `${name}: ${what}`)),
    ];
    if (differences.length === 0) return [];
  }
  return signal.aborted ? [] : differences.slice(0, SHOWN);
}

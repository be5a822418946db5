import { readLease } from '../../src/lease/read-lease.js';
import { parseCursor } from '../../src/session/place.js';
import type { Watcher } from './watcher.js';
import { lookUntil } from '../look-until.js';

const epochOf = ({ story }: Watcher): string => parseCursor(story.cursor)?.epoch ?? '';

/**
 * Kills who runs the loop, and starts it again; resolves to how long it took until another one told something, null if none
 * did. Something must go on happening meanwhile.
 */
export async function takeOver(home: string, watchers: readonly Watcher[]): Promise<number | null> {
  const holder = await lookUntil(async () => {
    const lease = await readLease(home, { now: Date.now() });
    return lease.type === 'held' ? watchers.find(({ pid }) => pid === lease.holder.pid) : undefined;
  });
  // All know its epoch, or it would be taken for a new one.
  const first = await lookUntil(() => {
    const epochs = new Set(watchers.map(epochOf));
    return Promise.resolve(epochs.size === 1 ? epochOf(watchers[0] as Watcher) : undefined);
  });
  if (!holder || first === undefined) return null;
  const others = watchers.filter((watcher) => watcher !== holder);
  const startedMs = performance.now();
  await holder.restart();
  const isTaken = await lookUntil(() =>
    Promise.resolve(others.some((other) => epochOf(other) !== first) || undefined),
  );
  return isTaken ? performance.now() - startedMs : null;
}

import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 30_000;

/** Looks until there is something; undefined if there is nothing for too long. */
export async function lookUntil<Found>(look: () => Promise<Found | undefined>): Promise<Found | undefined> {
  for (const endMs = performance.now() + LIMIT_MS; performance.now() < endMs;) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(5);
  }
  return undefined;
}

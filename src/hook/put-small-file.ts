import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Puts a file in place of the one before, whole, for its owner alone. It is not made to survive a loss of power, which no
 * agent survives either, so that the agent waits for no disk. `atMs`: when it counts as written, if that is not now.
 */
export function putSmallFile(path: string, text: string, { atMs }: { atMs?: number } = {}): void {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const temporary = join(directory, `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
  writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
  try {
    if (atMs !== undefined) utimesSync(temporary, atMs / 1_000, atMs / 1_000);
    renameSync(temporary, path);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
}

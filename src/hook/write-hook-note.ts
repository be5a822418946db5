import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { StoredHookNote } from './stored-hook-note.js';

/**
 * Puts a note in place of the one before, whole. It is not made to survive a loss of power, which no agent survives
 * either, so that the agent waits for no disk.
 */
export function writeHookNote(path: string, note: StoredHookNote): void {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const temporary = join(directory, `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
  writeFileSync(temporary, `${JSON.stringify(note)}\n`, { flag: 'wx', mode: 0o600 });
  try {
    touchHookNote(temporary, Date.parse(note.at));
    renameSync(temporary, path);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
}

/** Notes that what a note says was said again: in its time alone, so that nobody who watches the folder is woken. */
export function touchHookNote(path: string, atMs: number): void {
  utimesSync(path, atMs / 1_000, atMs / 1_000);
}

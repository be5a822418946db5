import { utimesSync } from 'node:fs';
import { putSmallFile } from './put-small-file.js';
import type { StoredHookNote } from './stored-hook-note.js';

/** Puts a note in place of the one before, whole. */
export const writeHookNote = (path: string, note: StoredHookNote): void =>
  putSmallFile(path, `${JSON.stringify(note)}\n`, { atMs: Date.parse(note.at) });

/** Notes that what a note says was said again: in its time alone, so that nobody who watches the folder is woken. */
export function touchHookNote(path: string, atMs: number): void {
  utimesSync(path, atMs / 1_000, atMs / 1_000);
}

import { readSmallFile } from './read-small-file.js';
import { parseHookNote, type StoredHookNote } from './stored-hook-note.js';

const MAX_NOTE_BYTES = 64 * 1024;

/** The note at a path, dated when it was last said; null if there is none that can be read. */
export function readHookNote(path: string): StoredHookNote | null {
  const file = readSmallFile(path, MAX_NOTE_BYTES);
  const note = file && parseHookNote(file.text);
  if (!note) return null;
  return { ...note, at: new Date(Math.max(Date.parse(note.at), Math.round(file.mtimeMs))).toISOString() };
}

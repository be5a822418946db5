import { lstatSync } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { relative, isAbsolute } from 'node:path';
import { unlessMissing } from './transcript-access.js';
import { TranscriptError } from './transcript-error.js';

/** The state of a transcript's file: while it is the same, so are its lines. */
export interface TranscriptFile {
  path: string;
  size: number;
  mtimeMs: number;
  ino: number;
}

/** The file's state, by one `lstat`; null if it is missing. Rejects with a `TranscriptError`. */
export async function inspectTranscript(path: string, root: string): Promise<TranscriptFile | null> {
  return unlessMissing(path, async () => {
    const found = await lstat(path);
    const { size, mtimeMs, ino } = found.isSymbolicLink()
      ? await stat(await resolveInside(path, root))
      : found;
    return { path, size, mtimeMs, ino };
  });
}

/** Where a path really leads. A link that leads out of `root`, the agent's own folder, is a `TranscriptError`. */
export async function resolveInside(path: string, root: string): Promise<string> {
  const [real, realRoot] = await Promise.all([realpath(path), realpath(root)]);
  const inside = relative(realRoot, real);
  if (inside.startsWith('..') || isAbsolute(inside)) {
    throw new TranscriptError({ path, message: `it is a link out of ${root}` });
  }
  return real;
}

/** Whether a file is still as it was, by one `lstat` at once; never where there is a link, or what can't be looked at. */
export function isUnchanged(file: TranscriptFile): boolean {
  try {
    const found = lstatSync(file.path, { throwIfNoEntry: false });
    if (!found?.isFile()) return false;
    const { size, mtimeMs, ino } = found;
    return isSameFile(file, { path: file.path, size, mtimeMs, ino });
  } catch {
    // Whoever reads it anew tells what is wrong.
    return false;
  }
}

export const isSameFile = (one: TranscriptFile, other: TranscriptFile): boolean =>
  one.path === other.path &&
  one.size === other.size &&
  one.mtimeMs === other.mtimeMs &&
  one.ino === other.ino;

import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../transcript/transcript-access.js';

/** Beyond this many characters Claude Code cuts a folder's name and adds a hash that depends on its runtime. */
const LONGEST_NAME = 200;

/** The folder of a working directory's transcripts: each character but `[A-Za-z0-9]` as `-`; null if it can't be told. */
export function claudeFolder(projectsDir: string, workspacePath: string | null): string | null {
  const name = workspacePath?.replace(/[^A-Za-z0-9]/g, '-') ?? '';
  return name === '' || name.length > LONGEST_NAME ? null : join(projectsDir, name);
}

/** The folders in which the transcripts of a working directory can be. Rejects with a `TranscriptError`. */
export async function* claudeFolders(
  projectsDir: string,
  workspacePath: string | null,
): AsyncGenerator<string, undefined> {
  const folder = claudeFolder(projectsDir, workspacePath);
  if (folder === null || workspacePath === null) {
    for (const name of await listFolder(projectsDir)) {
      if (workspacePath === null || name.length >= LONGEST_NAME) yield join(projectsDir, name);
    }
    return;
  }
  yield folder;
  // Claude Code names the folder after the directory it is really in, which a link hides.
  const real = claudeFolder(projectsDir, await unlessMissing(workspacePath, (path) => realpath(path)));
  if (real !== null && real !== folder) yield real;
}

/** The names in a folder; none if it is missing. Rejects with a `TranscriptError`. */
export const listFolder = async (path: string): Promise<string[]> =>
  (await unlessMissing(path, (existing) => readdir(existing))) ?? [];

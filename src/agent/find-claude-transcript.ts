import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from './transcript-access.js';

/** Beyond this many characters Claude Code cuts a folder's name and adds a hash that depends on its runtime. */
const LONGEST_NAME = 200;

const SAFE_NAME = /^[A-Za-z0-9_-]+$/;

/** Where a session's transcript is, and the state of that file; or why it can't be told. */
export type FoundTranscript =
  { path: string; size: number; mtimeMs: number; ino: number } | { path: null; detail: string };

export interface TranscriptQuery {
  /** Claude Code's `projects` folder. */
  projectsDir: string;
  /** The conversation's UUID; null if the session doesn't know it. */
  conversation: string | null;
  workspacePath: string | null;
  /** Epoch milliseconds. Without a conversation, only what was written since then can be the session's. */
  writtenSince: number;
}

/**
 * Finds the transcript of a session. Claude Code keeps it in `projects/<folder>/<conversation>.jsonl`, the folder being
 * its working directory with each character but `[A-Za-z0-9]` as `-`. Rejects with a `TranscriptError`.
 */
export async function findClaudeTranscript(query: TranscriptQuery): Promise<FoundTranscript> {
  const { conversation } = query;
  if (conversation === null) return findTheOnlyOne(query);
  if (!SAFE_NAME.test(conversation)) return { path: null, detail: `"${conversation}" names no conversation` };
  const name = `${conversation}.jsonl`;
  for await (const dir of dirsOf(query)) {
    const found = await inspect(join(dir, name));
    if (found) return found;
  }
  return { path: null, detail: `no ${name} in ${dirOf(query) ?? query.projectsDir} yet` };
}

/** The file's state; null if it is missing. Rejects with a `TranscriptError`. */
export async function inspect(path: string): Promise<Extract<FoundTranscript, { path: string }> | null> {
  const found = await unlessMissing(path, (existing) => stat(existing));
  return found && { path, size: found.size, mtimeMs: found.mtimeMs, ino: found.ino };
}

async function findTheOnlyOne(query: TranscriptQuery): Promise<FoundTranscript> {
  const dir = dirOf(query);
  if (dir === null) return { path: null, detail: 'neither its conversation nor its folder is known' };
  for await (const existing of dirsOf(query)) {
    const names = (await listDir(existing)).filter((name) => name.endsWith('.jsonl'));
    const files = await Promise.all(names.map((name) => inspect(join(existing, name))));
    const [only, ...others] = files.filter((file) => file !== null && file.mtimeMs >= query.writtenSince);
    if (others.length > 0) {
      return { path: null, detail: `${others.length + 1} transcripts in ${existing} could be its own` };
    }
    if (only) return only;
  }
  return { path: null, detail: `no transcript in ${dir} was written since the session began` };
}

async function* dirsOf(query: TranscriptQuery): AsyncGenerator<string, undefined> {
  const dir = dirOf(query);
  if (dir === null || query.workspacePath === null) {
    for (const name of await listDir(query.projectsDir)) {
      if (query.workspacePath === null || name.length >= LONGEST_NAME) yield join(query.projectsDir, name);
    }
    return;
  }
  yield dir;
  // Claude Code names the folder after the directory it is really in, which a link hides.
  const workspacePath = await unlessMissing(query.workspacePath, (path) => realpath(path));
  const realDir = dirOf({ ...query, workspacePath });
  if (realDir !== null && realDir !== dir) yield realDir;
}

function dirOf({ projectsDir, workspacePath }: TranscriptQuery): string | null {
  const name = workspacePath?.replace(/[^A-Za-z0-9]/g, '-') ?? '';
  return name === '' || name.length > LONGEST_NAME ? null : join(projectsDir, name);
}

const listDir = async (dir: string): Promise<string[]> =>
  (await unlessMissing(dir, (path) => readdir(path))) ?? [];

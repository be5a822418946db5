import { join } from 'node:path';
import { claudeFolder, claudeFolders, listFolder } from './claude-folders.js';
import { inspectTranscript } from '../transcript/transcript-file.js';
import type { TranscriptPlace } from '../transcript/transcript-source.js';

const SAFE_NAME = /^[A-Za-z0-9_-]+$/;

export interface TranscriptQuery {
  /** Claude Code's own folder. */
  root: string;
  /** The conversation's UUID; null if the session doesn't know it. */
  conversation: string | null;
  workspacePath: string | null;
  /** Epoch milliseconds. Without a conversation, only what was written since then can be the session's. */
  writtenSince: number;
  /** Other sessions run in the same directory, and the transcripts of some of them are not known. */
  hasRivals: boolean;
  /** The conversations of other sessions. */
  taken: ReadonlySet<string>;
}

/**
 * Finds the transcript of a session. Claude Code keeps it in `projects/<folder>/<conversation>.jsonl`, the folder being
 * its working directory with each character but `[A-Za-z0-9]` as `-`. Rejects with a `TranscriptError`.
 */
export async function findClaudeTranscript(query: TranscriptQuery): Promise<TranscriptPlace> {
  const { root, conversation, workspacePath } = query;
  const projectsDir = join(root, 'projects');
  if (conversation === null) return findTheOnlyOne(query, projectsDir);
  if (!SAFE_NAME.test(conversation)) return { path: null, detail: `"${conversation}" names no conversation` };
  const name = `${conversation}.jsonl`;
  for await (const dir of claudeFolders(projectsDir, workspacePath)) {
    const path = join(dir, name);
    if (await inspectTranscript(path, root)) return { path, root };
  }
  return {
    path: null,
    detail: `no ${name} in ${claudeFolder(projectsDir, workspacePath) ?? projectsDir} yet`,
  };
}

async function findTheOnlyOne(query: TranscriptQuery, projectsDir: string): Promise<TranscriptPlace> {
  const { root, workspacePath, writtenSince, hasRivals, taken } = query;
  const dir = claudeFolder(projectsDir, workspacePath);
  if (dir === null) return { path: null, detail: 'neither its conversation nor its folder is known' };
  if (hasRivals)
    return { path: null, detail: `several sessions in ${String(workspacePath)} could own a transcript` };
  for await (const existing of claudeFolders(projectsDir, workspacePath)) {
    const names = (await listFolder(existing)).filter(
      (name) => name.endsWith('.jsonl') && !taken.has(name.slice(0, -'.jsonl'.length)),
    );
    const files = await Promise.all(names.map((name) => inspectTranscript(join(existing, name), root)));
    const [only, ...others] = files.filter((file) => file !== null && file.mtimeMs >= writtenSince);
    if (others.length > 0) {
      return { path: null, detail: `${others.length + 1} transcripts in ${existing} could be its own` };
    }
    if (only) return { path: only.path, root, isGuess: true };
  }
  return { path: null, detail: `no transcript in ${dir} was written since the session began` };
}

import { basename } from 'node:path';
import { readCommand } from '../process/read-command.js';
import { readProcess } from '../process/read-process.js';
import type { StoredHookNote } from './stored-hook-note.js';

/** What agents run their hooks through. */
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish', 'env', 'timeout']);

/** The process that had its hook run: the nearest that is no shell in between; null if it can't be told. */
export function findAgentAncestor(ancestors: readonly number[]): StoredHookNote['process'] {
  for (const pid of ancestors) {
    const [program] = readCommand(pid);
    // A login shell's name begins with a dash.
    if (program === undefined) return null;
    if (SHELLS.has(basename(program).replace(/^-/, ''))) continue;
    const state = readProcess(pid);
    return state.type === 'running' ? { pid, startTime: state.startTime } : null;
  }
  return null;
}

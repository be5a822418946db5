import { checkProcess, type KnownProcess, type ProcessVerdict } from '../process/check-process.js';
import type { ProcessPlace } from '../process/list-processes.js';
import { listSurvivors } from '../process/list-survivors.js';
import type { Exit } from '../session/exit.js';
import { readExitFile } from './exit-file.js';

export interface JudgeOptions {
  /** Null where the process has no launcher: it is the program itself. */
  exitFile: string | null;
  list: () => readonly ProcessPlace[];
}

/**
 * Whether a program still runs, by the process that was started for it. A launcher that is gone without a note was
 * killed, and its program may have outlived it: then nothing is proven.
 */
export async function judgeProcess(
  known: KnownProcess,
  { exitFile, list }: JudgeOptions,
): Promise<ProcessVerdict & { exit?: Exit }> {
  const verdict = checkProcess(known);
  if (verdict.state !== 'dead') return verdict;
  const exit = await readExitFile(exitFile);
  const isNoted = exit.code !== null || exit.signal !== null;
  const [survivor] = exitFile === null || isNoted ? [] : listSurvivors(known, { list });
  return survivor === undefined
    ? { ...verdict, exit }
    : {
        state: 'unknown',
        detail: `${verdict.detail}, but left process ${survivor} running: vitals kill ends it`,
      };
}

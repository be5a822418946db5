import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { RuntimeError } from './runtime-error.js';

export interface FindProgramOptions {
  cwd: string;
  /** The value of PATH. */
  path: string | undefined;
}

/**
 * The file that a program's name stands for, so that no shell takes it for a word of its own.
 * @throws {RuntimeError} if there is none that can be run.
 */
export function findProgram(name: string, { cwd, path = '' }: FindProgramOptions): string {
  const candidates = name.includes('/')
    ? [resolve(cwd, name)]
    : path.split(delimiter).map((directory) => join(resolve(cwd, directory), name));
  const found = candidates.find(isExecutable);
  if (found) return found;
  const hint = name.includes(' ') ? ' (for a line of shell, say: sh -c LINE)' : '';
  throw new RuntimeError(
    `there is no program ${JSON.stringify(name)} ${name.includes('/') ? 'there' : 'on PATH'}${hint}`,
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG'].includes(errorCode(error) ?? ''))
      return false;
    throw error;
  }
}

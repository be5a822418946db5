import fse from 'fs-extra';
import { dirname } from 'node:path';
import type { SessionKey } from '../session/session-key.js';
import { fileFailure } from './file-failure.js';
import type { HomeLayout } from './home-layout.js';
import { makeDirectory } from './make-directory.js';

/** Where a program that is about to start leaves how it ended and what it prints. */
export interface ProgramFiles {
  exitFile: string;
  outputFile: string;
}

/** Makes room for a program's files; what an earlier program of this name and its agent left goes. */
export async function prepareProgramFiles(layout: HomeLayout, key: SessionKey): Promise<ProgramFiles> {
  const files = { exitFile: layout.exitFile(key), outputFile: layout.outputFile(key) };
  for (const file of Object.values(files)) await makeDirectory(dirname(file), { root: layout.home });
  for (const file of [...Object.values(files), layout.hookFile(key)]) {
    try {
      await fse.remove(file);
    } catch (error) {
      throw fileFailure('remove', file, error);
    }
  }
  return files;
}

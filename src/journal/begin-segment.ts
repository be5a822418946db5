import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

const temporaryPrefix = '.';

/** Puts a segment with its first line in place, durably: a reader never finds one without. @returns its length. */
export function beginSegment(path: string, firstLine: string): number {
  const bytes = Buffer.from(firstLine);
  const directory = dirname(path);
  const temporary = join(
    directory,
    `${temporaryPrefix}${basename(path)}.${randomBytes(8).toString('hex')}.tmp`,
  );
  try {
    withFile(openSync(temporary, NEW_FILE, 0o600), (fd) => {
      writeFileSync(fd, bytes);
      fsyncSync(fd);
    });
    renameSync(temporary, path);
  } catch (error) {
    removeTemporaries(directory);
    throw error;
  }
  withFile(openSync(directory, 'r'), fsyncSync);
  return bytes.length;
}

/** Removes what a killed process left. Nobody may be beginning a segment. */
export function removeTemporaries(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (name.startsWith(temporaryPrefix) && name.endsWith('.tmp')) unlinkSync(join(directory, name));
  }
}

function withFile(fd: number, act: (fd: number) => void): void {
  try {
    act(fd);
  } finally {
    closeSync(fd);
  }
}

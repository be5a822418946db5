import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { errorCode } from '../session/error-code.js';

/** The oldest tmux that is supported. */
export const OLDEST_TMUX = '3.2a';

const execute = promisify(execFile);

const TIMEOUT_MS = 4_000;

/** The version of the tmux on PATH, as it says it; null if there is none. */
export async function readTmuxVersion(env: NodeJS.ProcessEnv): Promise<string | null> {
  try {
    const { stdout } = await execute('tmux', ['-V'], { env, timeout: TIMEOUT_MS });
    return stdout.trim().replace(/^tmux /, '');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Whether a version is supported; one without a number, as of a build of one's own, is taken for a new one. */
export function isSupportedTmux(version: string): boolean {
  const [found, oldest] = [parse(version), parse(OLDEST_TMUX)];
  return !found || !oldest || compare(found, oldest) >= 0;
}

interface Version {
  number: number;
  letter: string;
}

function parse(version: string): Version | null {
  const [, major, minor, letter = ''] = /(\d+)\.(\d+)([a-z]?)/.exec(version) ?? [];
  return major === undefined ? null : { number: 1_000 * Number(major) + Number(minor), letter };
}

const compare = (one: Version, other: Version): number =>
  one.number - other.number || Number(one.letter >= other.letter) - 1;

import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { errorCode } from '../session/error-code.js';

/**
 * The environment that a process was started with, by proc_pid_environ(5); null where that can't be told: it is gone, it is
 * another user's, or the system shows none.
 */
export function readEnvironment(pid: number): Record<string, string> | null {
  if (platform() !== 'linux') return null;
  try {
    return parseEnvironment(readFileSync(`/proc/${pid}/environ`, 'utf8'));
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}

/** Reads a /proc/PID/environ: `NAME=value`, each ended by a zero byte. */
function parseEnvironment(environ: string): Record<string, string> | null {
  const pairs = environ.split('\0').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=');
    return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)]] : [];
  });
  return pairs.length === 0 ? null : Object.fromEntries(pairs);
}

import { stat } from 'node:fs/promises';

/**
 * Names the socket that is at a path now: each server makes one of its own, and nothing but making it sets its time.
 * Null if there is none to be seen.
 */
export async function readSocketLife(socketPath: string): Promise<string | null> {
  try {
    const { dev, ino, mtimeNs } = await stat(socketPath, { bigint: true });
    return `${dev}:${ino}:${mtimeNs}`;
  } catch {
    // A run by a process says why.
    return null;
  }
}

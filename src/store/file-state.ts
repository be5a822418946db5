import { lstatSync, type BigIntStats } from 'node:fs';
import { systemClock } from '../process/system-clock.js';
import { errorCode } from '../session/error-code.js';

/** The longest grain of the times of file systems that tell parts of a second: a tick of the kernel, at 100 Hz, and some. */
const FINE_GRAIN_MS = 50;
/** The longest of those that don't: FAT's. */
const COARSE_GRAIN_MS = 2_000;

/** What changes with a file. */
export type FileState = Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs' | 'ctimeNs'>;

/** What a file is now, by its name alone; null if that can't be told. */
export function readFileState(path: string): FileState | null {
  try {
    // One by one, but several times faster than by way of the thread pool.
    return lstatSync(path, { bigint: true });
  } catch (error) {
    // Whoever reads it will see for himself, and can say what it is.
    if (errorCode(error) !== null) return null;
    throw error;
  }
}

/** Whether nothing of a file changed from one state to the other. Only a settled state tells every later change. */
export const isSameState = (one: FileState, other: FileState): boolean =>
  one.ino === other.ino &&
  one.mtimeNs === other.mtimeNs &&
  one.ctimeNs === other.ctimeNs &&
  one.size === other.size &&
  one.dev === other.dev;

/** The state that these show, without the rest. */
export const toFileState = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): FileState => ({
  dev,
  ino,
  size,
  mtimeNs,
  ctimeNs,
});

/** Whether a file's last change is older than the grain of its times: a younger file may change and show the same ones. */
export function isSettled({ ctimeNs }: FileState): boolean {
  const isCoarse = ctimeNs % 1_000_000_000n === 0n;
  // The files' times are the machine's.
  const ageMs = systemClock.now() - Number(ctimeNs / 1_000_000n);
  return ageMs > (isCoarse ? COARSE_GRAIN_MS : FINE_GRAIN_MS);
}

import { errorCode } from '../session/error-code.js';
import { messageOf } from '../session/message-of.js';
import { StoreError } from './errors.js';

const ADVICE: Readonly<Record<string, (elsewhere: string) => string>> = {
  ENOSPC: () => 'the disk is full; free some space',
  EDQUOT: () => 'the disk quota is used up; free some space',
  EACCES: (elsewhere) => `permission denied; give yourself access to it, or ${elsewhere}`,
  EPERM: (elsewhere) => `the system does not permit it; give yourself access to it, or ${elsewhere}`,
  EROFS: (elsewhere) => `the file system is read-only; ${elsewhere}`,
  EIO: () => 'the disk reports an I/O error; check the disk',
  EMFILE: () => 'this process has too many open files; raise the limit (ulimit -n)',
  ENFILE: () => 'the system has too many open files; close some programs',
  ENOENT: (elsewhere) => `nothing can be made there, or it is gone; ${elsewhere}`,
  ENAMETOOLONG: (elsewhere) => `the path is too long; ${elsewhere}`,
  EEXIST: (elsewhere) => `something else is in its place; move it away, or ${elsewhere}`,
  EISDIR: () => 'a directory is in its place; move it away',
  ENOTDIR: (elsewhere) => `a part of this path is no directory; move it away, or ${elsewhere}`,
};

/**
 * The `StoreError` for a system error that a file met, with what to do about it. `action` is a verb: `write`; `elsewhere`
 * says how to have the file in another place.
 */
export function fileFailure(
  action: string,
  path: string,
  cause: unknown,
  { elsewhere = 'choose another home with --home' }: { elsewhere?: string } = {},
): StoreError {
  if (cause instanceof StoreError) return cause;
  const code = errorCode(cause);
  const reason = (code === null ? undefined : ADVICE[code]?.(elsewhere)) ?? messageOf(cause);
  return new StoreError(`can't ${action} ${path}: ${reason}`, { path, code, cause });
}

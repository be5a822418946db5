import { errorCode } from '../session/error-code.js';
import { messageOf } from '../session/message-of.js';
import { StoreError } from './errors.js';

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space',
  EDQUOT: 'the disk quota is used up; free some space',
  EACCES: 'permission denied; give yourself access to it, or choose another home with --home',
  EPERM: 'the system does not permit it; give yourself access to it, or choose another home with --home',
  EROFS: 'the file system is read-only; choose another home with --home or VITALS_HOME',
  EIO: 'the disk reports an I/O error; check the disk',
  EMFILE: 'this process has too many open files; raise the limit (ulimit -n)',
  ENFILE: 'the system has too many open files; close some programs',
  ENOENT: 'nothing can be made there, or it is gone; choose another home with --home',
  ENAMETOOLONG: 'the path is too long; choose a shorter home with --home',
  EEXIST: 'something else is in its place; move it away, or choose another home with --home',
  EISDIR: 'a directory is in its place; move it away',
  ENOTDIR: 'a part of this path is no directory; move it away, or choose another home with --home',
};

/** The `StoreError` for a system error that a file met, with what to do about it. `action` is a verb: `write`. */
export function fileFailure(action: string, path: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const code = errorCode(cause);
  const reason = (code === null ? undefined : ADVICE[code]) ?? messageOf(cause);
  return new StoreError(`can't ${action} ${path}: ${reason}`, { path, code, cause });
}

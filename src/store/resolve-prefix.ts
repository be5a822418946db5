import type { SessionKey } from '../session/session-key.js';
import { AmbiguousSessionError, UnknownSessionError } from './errors.js';

/**
 * The one key that `text` names: an id or `PROJECT/ID`, or the beginning of one. What it names exactly goes before what
 * it only begins. None is an `UnknownSessionError`, several are an `AmbiguousSessionError`.
 */
export function resolvePrefix(text: string, keys: readonly SessionKey[]): SessionKey {
  const nameOf = text.includes('/') ? (key: SessionKey) => key : idOf;
  // A project alone, or nothing at all, names no session, even where there is only one.
  const begun = idOf(text) === '' ? [] : keys.filter((key) => nameOf(key).startsWith(text));
  const exact = begun.filter((key) => nameOf(key) === text);
  const candidates = exact.length > 0 ? exact : begun;
  const [first] = candidates;
  if (first === undefined) throw new UnknownSessionError(text);
  if (candidates.length > 1) throw new AmbiguousSessionError(text, candidates.toSorted());
  return first;
}

const idOf = (key: SessionKey): string => key.slice(key.indexOf('/') + 1);

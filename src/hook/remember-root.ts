import { parseSessionKey, type SessionKey } from '../session/session-key.js';
import type { HomeLayout } from '../store/home-layout.js';
import { putSmallFile } from './put-small-file.js';
import { readSmallFile } from './read-small-file.js';

const MAX_KEY_BYTES = 256;

/** Notes which session a process is the root of, so that its next hook need not look through all records. A hint only. */
export const rememberRoot = (layout: HomeLayout, pid: number, key: SessionKey): void =>
  putSmallFile(layout.rootFile(pid), `${key}\n`);

/** The session that a process was noted to be the root of; its record has to confirm it. */
export function recallRoot(layout: HomeLayout, pid: number): SessionKey | null {
  const key = readSmallFile(layout.rootFile(pid), MAX_KEY_BYTES)?.text.trim() ?? '';
  return parseSessionKey(key) ? key : null;
}

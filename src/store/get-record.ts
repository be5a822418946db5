import { dirname } from 'node:path';
import type { SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { SessionUnreadableError } from './errors.js';
import type { HomeLayout } from './home-layout.js';
import { inspectDirectory } from './read-directory.js';
import { readRecord } from './read-record.js';

/** The session of a key; null if there is none. A bad file is a `SessionUnreadableError`. */
export async function getRecord(layout: HomeLayout, key: SessionKey): Promise<Session | null> {
  const path = layout.sessionFile(key);
  const directory = dirname(path);
  const badDirectory = await inspectDirectory(directory);
  if (badDirectory?.type === 'unreadable')
    throw new SessionUnreadableError(key, directory, badDirectory.message);
  const onDisk = badDirectory ?? readRecord(path, key);
  if (onDisk.type === 'unreadable') throw new SessionUnreadableError(key, path, onDisk.message);
  return onDisk.type === 'missing' ? null : onDisk.session;
}

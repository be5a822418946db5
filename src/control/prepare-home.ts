import { access, constants } from 'node:fs/promises';
import { messageOf } from '../session/message-of.js';
import { StoreError } from '../store/errors.js';
import { makeDirectory } from '../store/make-directory.js';
import type { SessionManager } from '../store/session-manager.js';

/** Makes sure that records can be written. @throws {StoreError} if they can't. */
export async function prepareHome({ home, layout }: SessionManager): Promise<void> {
  await makeDirectory(layout.sessionsDirectory);
  try {
    await access(layout.sessionsDirectory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StoreError(
      `the home ${home} can't be written: mend its permissions or name another with --home (${messageOf(error)})`,
      { path: home, cause: error },
    );
  }
}

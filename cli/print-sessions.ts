import type { ControlContext } from '../index.js';
import { isClosedPipe, print, printJson } from './print.js';
import { say } from './say.js';
import { renderSessions } from './render-sessions.js';

/** Prints every session, newest first; what can't be read is told on stderr. */
export async function printSessions(
  { sessions, clock }: ControlContext,
  { asJson }: { asJson: boolean },
): Promise<number> {
  const snapshot = await sessions.list();
  try {
    if (asJson) for (const session of snapshot.sessions) await printJson(session);
    else await print(renderSessions(snapshot.sessions, clock.now()));
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
  for (const { path, message } of snapshot.unreadable) say(`${path}: ${message}`);
  return 0;
}

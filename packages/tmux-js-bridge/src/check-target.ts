import { checkForm, checkWholeNumber } from './check-argument.js';
import type { PaneTarget } from './pane-target.js';

/** Refuses a target that is not made of tmux's own ids; anything else, tmux would match against names. */
export function checkTarget(
  { server, paneId, sessionId }: PaneTarget,
  { command }: { command: string },
): void {
  checkWholeNumber(server.pid, { subject: 'the server pid', command });
  checkWholeNumber(server.startTime, { subject: 'the server start time', command });
  checkForm(paneId, /^%\d+$/, { subject: 'the pane id', command });
  if (sessionId !== undefined) checkSessionId(sessionId, { command });
}

/** Refuses what is not tmux's own id of a session, like `$3`. */
export function checkSessionId(sessionId: string, { command }: { command: string }): void {
  checkForm(sessionId, /^\$\d+$/, { subject: 'the session id', command });
}

import type { Clock, SessionManager } from '../../index.js';
import { isClosedPipe, print } from './print.js';
import { printJsonLines } from './print-json-lines.js';
import { say } from './say.js';

export interface PrintSessionsOptions {
  sessions: SessionManager;
  clock: Clock;
  asJson: boolean;
}

/** Prints every session, newest first; who runs the loop, and what can't be read, is told on stderr. */
export async function printSessions({ sessions, clock, asJson }: PrintSessionsOptions): Promise<number> {
  const snapshot = await sessions.list();
  try {
    if (asJson) await printJsonLines(snapshot.sessions);
    else {
      const { renderSessions } = await import('../text/render-sessions.js');
      const { columns } = process.stdout as { columns?: number };
      await print(renderSessions(snapshot.sessions, { now: clock.now(), columns }));
    }
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
  if (!asJson) {
    const { describeLoop } = await import('../text/describe-loop.js');
    say(await describeLoop(sessions.home, { now: clock.now() }));
  }
  for (const { path, message } of snapshot.unreadable) say(`${path}: ${message}`);
  return 0;
}

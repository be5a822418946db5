import { sessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import type { HomeLayout } from './home-layout.js';

/**
 * What a session's program and its agent left in the home, by the ending that each gets in the archive. The exit and the
 * output are its own only if its handle names them: those of an adopted program, or of another home, are not.
 */
export function findCompanions(layout: HomeLayout, session: Session): ReadonlyMap<string, string> {
  const key = sessionKey(session);
  const [exitFile, outputFile] = [session.handle?.['exitFile'], session.handle?.['outputFile']];
  return new Map([
    ...(exitFile === layout.exitFile(key) ? ([['.exit', layout.exitFile(key)]] as const) : []),
    ...(outputFile === layout.outputFile(key) ? ([['.log', layout.outputFile(key)]] as const) : []),
    // Found by the key alone, and as long as there is a record, nobody else has that.
    ['.hook.json', layout.hookFile(key)],
  ]);
}

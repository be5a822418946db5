import { closeSync, openSync, writeSync } from 'node:fs';
import { errorCode } from '../../../src/session/error-code.js';
import { SessionManager } from '../../../src/store/session-manager.js';

/* Takes every descriptor but SPARE of them, saves and lists shop/api-3, and tells of each how it went. */
const [home = '', spare = '0'] = process.argv.slice(2);
// What it could not tidy up, it can't list either, and that is told.
const sessions = new SessionManager({ home, onWarning: () => undefined });
const session = await sessions.get('shop/api-3');

const taken: number[] = [];
try {
  for (;;) taken.push(openSync('/dev/null', 'r'));
} catch (error) {
  if (errorCode(error) !== 'EMFILE') throw error;
}
for (const descriptor of taken.splice(0, Number(spare))) closeSync(descriptor);

async function attempt(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? `${error.name} ${errorCode(error) ?? ''}` : String(error);
  }
}

const saved = session ? await attempt(() => sessions.save({ ...session, task: 'new' })) : 'no session';
const listed = await attempt(() => sessions.list());
for (const descriptor of taken) closeSync(descriptor);
writeSync(1, JSON.stringify({ saved, listed }));

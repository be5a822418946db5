import { writeSync } from 'node:fs';
import { updateSession } from '../../../src/control/update-session.js';
import type { Session } from '../../../src/session/session.js';
import { SessionConflictError } from '../../../src/store/errors.js';
import { SessionManager } from '../../../src/store/session-manager.js';

/*
 * Makes COUNT updates of shop/api-3 and says `done INDEX` after each: it counts all updates in `total`, and in `last` which
 * one of its own was the last. In turn, it changes what it read under the lock, and saves what it read before that.
 */
const KEY = 'shop/api-3';
const [home = '', name = '', count = '0'] = process.argv.slice(2);
const sessions = new SessionManager({ home });

const change = (session: Session, index: number): Session => ({
  ...session,
  total: Number(session['total']) + 1,
  last: { ...(session['last'] as Record<string, number>), [name]: index },
});

async function saveOptimistically(index: number): Promise<void> {
  for (;;) {
    const session = await sessions.get(KEY);
    if (!session) throw new Error('the record is gone');
    try {
      await sessions.save(change(session, index), { writtenBy: name });
      return;
    } catch (error) {
      if (!(error instanceof SessionConflictError)) throw error;
    }
  }
}

for (let index = 0; index < Number(count); index += 1) {
  if (index % 4 === 0) await saveOptimistically(index);
  else {
    await updateSession(sessions, KEY, { writtenBy: name, change: (session) => change(session, index) });
  }
  writeSync(1, `done ${index}\n`);
}

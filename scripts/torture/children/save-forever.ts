import { writeSync } from 'node:fs';
import { SessionManager } from '../../../src/store/session-manager.js';

/* Saves shop/api-3 again and again, long and short in turn, with the length of its task noted; says `writing` once it has. */
const sessions = new SessionManager({ home: process.argv[2] ?? '' });

let session = await sessions.get('shop/api-3');
for (let count = 0; session; count += 1) {
  const task = count % 2 === 0 ? 'y'.repeat(40_000) : 'x';
  session = await sessions.save({ ...session, task, taskLength: task.length }, { writtenBy: 'child' });
  if (count === 0) writeSync(1, 'writing\n');
}

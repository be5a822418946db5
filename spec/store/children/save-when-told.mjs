// Says `ready` with its pid, and at a byte on stdin saves a session, given as JSON, that it read before; then says `saved`.
import { writeSync } from 'node:fs';
import { once } from 'node:events';

const [source, home, key, change] = process.argv.slice(2);
const { SessionManager } = await import(`${source}/store/session-manager.js`);
const sessions = new SessionManager({ home });
const session = await sessions.get(key);

writeSync(1, `ready ${process.pid}\n`);
await once(process.stdin, 'data');
await sessions.save({ ...session, ...JSON.parse(change) }, { writtenBy: 'child' });
writeSync(1, 'saved\n');
process.exit(0);

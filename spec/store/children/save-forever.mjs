// Saves the record shop/api-3 again and again, short and long in turn, and says so after the first time.
const [source, home] = process.argv.slice(2);
const { SessionManager } = await import(`${source}/store/session-manager.js`);
const sessions = new SessionManager({ home });

let session = await sessions.get('shop/api-3');
let isTold = false;
for (;;) {
  const task = session.task.length > 1 ? 'x' : 'y'.repeat(40_000);
  session = await sessions.save({ ...session, task }, { writtenBy: 'child' });
  if (!isTold) console.log('writing');
  isTold = true;
}

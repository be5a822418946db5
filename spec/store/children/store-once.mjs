// Does one thing to the record shop/api-3 and prints how it went: `save TASK`, `create RECORD` or `list`.
const [source, home, action, argument] = process.argv.slice(2);
const { SessionManager } = await import(`${source}/store/session-manager.js`);
const sessions = new SessionManager({ home });

async function act() {
  if (action === 'list') return (await sessions.list()).sessions.length;
  if (action === 'create') return (await sessions.save(JSON.parse(argument))).rev;
  const session = await sessions.get('shop/api-3');
  return (await sessions.save({ ...session, task: argument })).rev;
}

try {
  console.log(JSON.stringify({ result: await act() }));
} catch ({ name, code, message }) {
  console.log(JSON.stringify({ name, code, message }));
}

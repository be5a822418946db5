import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { NoServerError, TmuxServer } from 'tmux-js-bridge';

const ROUNDS = 1_000;
const RESTARTS = 200;
const CHURN_QUERIES = 2_000;

const run = promisify(execFile);
const directory = await mkdtemp(join(tmpdir(), 'vitals-leaks-'));
const socketPath = join(directory, 'tmux');
const connect = (transport: 'socket' | 'control'): TmuxServer => new TmuxServer({ socketPath, transport });
const runTmux = async (...args: string[]): Promise<string> =>
  (await run('tmux', ['-f', '/dev/null', '-S', socketPath, ...args])).stdout;
const startServer = (): Promise<string> => runTmux('new-session', '-d', 'sleep', '3600');

interface Stock {
  processes: number;
  descriptors: number;
  timers: number;
  sockets: number;
  sessions: number;
  clients: number;
}

/** What this process and its server hold once what has just ended had a moment to go. Linux only: it reads /proc. */
async function takeStock(): Promise<Stock> {
  await setTimeout(500);
  const resources = process.getActiveResourcesInfo();
  const count = (kind: string): number => resources.filter((resource) => resource === kind).length;
  const countLines = (text: string): number => text.split('\n').filter(Boolean).length;
  const descriptors = (await readdir('/proc/self/fd')).length;
  return {
    processes: await countChildren(),
    descriptors,
    timers: count('Timeout'),
    sockets: count('PipeWrap'),
    sessions: countLines(await runTmux('list-sessions')),
    clients: countLines(await runTmux('list-clients')),
  };
}

async function countChildren(): Promise<number> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).length;
}

async function queryOften(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await connect('socket').listPanes();
}

async function connectOften(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = connect('control');
    const connected = new Promise<void>((resolve) => {
      server.onHint(({ type }) => {
        if (type === 'connected') resolve();
      });
    });
    await connected;
    await server.listPanes();
    await server.close();
  }
}

async function restartOften(): Promise<void> {
  const server = connect('socket');
  for (let round = 0; round < RESTARTS; round += 1) {
    const before = await server.listPanes();
    await runTmux('kill-server');
    try {
      await server.listPanes();
      throw new Error('a server answered that had ended');
    } catch (error) {
      if (!(error instanceof NoServerError)) throw error;
    }
    await startServer();
    const after = await server.listPanes();
    if (after.server?.pid === before.server?.pid) throw new Error('the server did not restart');
  }
}

/** Sessions come and go as fast as tmux lets them while the server is asked. */
async function queryDuringChurn(): Promise<void> {
  const server = connect('socket');
  const before = await server.listPanes();
  let isOver = false;
  const churn = async (): Promise<void> => {
    while (!isOver) {
      const session = (await runTmux('new-session', '-d', '-P', '-F', '#{session_id}', 'cat')).trim();
      await runTmux('kill-session', '-t', session);
    }
  };
  const churning = Promise.all([churn(), churn()]);
  try {
    for (let query = 0; query < CHURN_QUERIES; query += 1) await server.listPanes();
  } finally {
    isOver = true;
    await churning;
  }
  const after = await server.listPanes();
  if (after.server?.pid !== before.server?.pid) throw new Error('the server ended');
}

/** Does something often, and says what it left behind. */
async function measure(work: () => Promise<void>): Promise<Partial<Stock> & { seconds: number }> {
  const before = await takeStock();
  const start = performance.now();
  await work();
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  const after = await takeStock();
  const left = Object.entries(after).map(([kind, held]) => [kind, held - before[kind as keyof Stock]]);
  return { seconds, ...(Object.fromEntries(left) as Partial<Stock>) };
}

// Listening for hints keeps no process alive.
const alive = setInterval(() => undefined, 60_000);
await startServer();
try {
  await connect('socket').listPanes();
  const rows = {
    [`${ROUNDS} queries, each with its own client`]: await measure(queryOften),
    [`${RESTARTS} restarts of the server`]: await measure(restartOften),
    [`${CHURN_QUERIES} queries while sessions come and go`]: await measure(queryDuringChurn),
    [`${ROUNDS} connections in control mode`]: await measure(connectOften),
  };
  process.stdout.write('what is left that was not there before\n');
  console.table(rows); // eslint-disable-line no-console -- a table for people
  const hasLeak = Object.values(rows).some(({ seconds: _, ...left }) =>
    Object.values(left).some((more) => more > 0),
  );
  process.exitCode = hasLeak ? 1 : 0;
} finally {
  clearInterval(alive);
  execFileSync('tmux', ['-S', socketPath, 'kill-server']);
  await rm(directory, { recursive: true, force: true });
}

import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TmuxServer } from 'tmux-js-bridge';
import { startSessions } from './start-sessions.js';
import { timeInTurn } from './time-in-turn.js';
import { table, writeSection } from './write-section.js';

const SIZES = [1, 10, 100, 500, 1_000];

const run = promisify(execFile);

const directory = await mkdtemp(join(tmpdir(), 'vitals-query-'));
const socketPath = join(directory, 'tmux');
const spawned = new TmuxServer({ socketPath, transport: 'process' });
const direct = new TmuxServer({ socketPath });
const connected = new TmuxServer({ socketPath, transport: 'control' });

/** What peers do: one process for each session, one after the other. */
async function askEach(sessions: number): Promise<void> {
  for (let number = 0; number < sessions; number += 1) {
    await run('tmux', ['-S', socketPath, 'has-session', '-t', `=bench-${number}`]);
  }
}

try {
  const rows: Record<string, number>[] = [];
  let started = 0;
  for (const sessions of SIZES) {
    startSessions(socketPath, started, sessions);
    started = sessions;
    const [bySocket = 0, byConnection = 0, byProcess = 0] = await timeInTurn([
      () => direct.listPanes(),
      () => connected.listPanes(),
      () => spawned.listPanes(),
    ]);
    const [byEach = 0] = await timeInTurn([() => askEach(sessions)], { rounds: sessions > 100 ? 1 : 3 });
    rows.push({
      sessions,
      'socket ms': bySocket,
      'control mode ms': byConnection,
      'process ms': byProcess,
      '`has-session` each ms': byEach,
    });
  }
  writeSection({
    heading: 'Every pane by one query: `npm run bench:query`',
    text: `Medians, in turn; those that ask each have fewer rounds.\n\n${table(rows)}`,
  });
} finally {
  await connected.close();
  execFileSync('tmux', ['-S', socketPath, 'kill-server']);
  await rm(directory, { recursive: true, force: true });
}

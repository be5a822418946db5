import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  adoptPrograms,
  defaultAgents,
  defaultRuntimes,
  LifecycleManager,
  SessionManager,
  systemClock,
} from '../index.js';
import { startSessions } from './start-sessions.js';
import { timeInTurn } from './time-in-turn.js';

/** How many sessions there are, and how often each thing is timed at that size. */
const SIZES = [10, 100, 1_000];
const ROUNDS = 7;

const run = promisify(execFile);

interface Row {
  sessions: number;
  'pass ms': number;
  'tmux list-panes ms': number;
  'reading the files ms': number;
  'pass / (list-panes + reading)': number;
}

async function readFiles(directory: string): Promise<void> {
  const names = await readdir(directory);
  await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
}

async function measure(directory: string, socket: string): Promise<Row[]> {
  const sessions = new SessionManager({ home: join(directory, 'home') });
  const runtimes = defaultRuntimes({ socketPath: socket });
  const agents = defaultAgents();
  const rows: Row[] = [];
  let started = 0;
  for (const size of SIZES) {
    startSessions(socket, started, size);
    started = size;
    await adoptPrograms({ sessions, runtimes, agents, clock: systemClock }, { targets: 'all' });
    const manager = new LifecycleManager({ sessions, runtimes, agents });
    // Until every session is known to be at work, a pass writes; what is timed is one in which nothing changed.
    for (let pass = 0; pass < 3; pass += 1) await manager.tick();
    const format = '#{pane_id} #{pane_pid} #{pane_dead} #{window_bell_flag} #{window_activity}';
    const [pass = 0, listPanes = 0, reading = 0] = await timeInTurn(
      [
        () => manager.tick(),
        () => run('tmux', ['-u', '-S', socket, 'list-panes', '-a', '-F', format]),
        () => readFiles(join(directory, 'home', 'sessions', 'default')),
      ],
      { rounds: ROUNDS },
    );
    await manager.stop();
    rows.push({
      sessions: size,
      'pass ms': pass,
      'tmux list-panes ms': listPanes,
      'reading the files ms': reading,
      'pass / (list-panes + reading)': Math.round((100 * pass) / (listPanes + reading)) / 100,
    });
  }
  return rows;
}

const directory = await mkdtemp(join(tmpdir(), 'vitals-bench-'));
const socket = join(directory, 'tmux');
try {
  process.stdout.write(
    `one pass over real tmux sessions in which nothing changed; medians of ${ROUNDS} rounds, in turn, Node ${process.versions.node}\n`,
  );
  console.table(await measure(directory, socket)); // eslint-disable-line no-console -- a table for people
} finally {
  execFileSync('tmux', ['-S', socket, 'kill-server']);
  await rm(directory, { recursive: true, force: true });
}

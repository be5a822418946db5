import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  defaultAgents,
  defaultRuntimes,
  SessionManager,
  spawnSession,
  systemClock,
  type LifecycleEvent,
  type Session,
} from '../index.js';
import { quantile } from './quantile.js';
import { table, writeSection } from './write-section.js';

/** How many sessions live all the while, and how often each thing is timed. */
const SESSIONS = 100;
const ROUNDS = 60;

/** How long the loop is left alone before each round, so that it is at rest when something happens. */
const REST_MS = 250;

const VITALS = fileURLToPath(new URL('../bin/main.js', import.meta.url));

const directory = await mkdtemp(join(tmpdir(), 'vitals-wake-'));
const socket = join(directory, 'tmux');
const sessions = new SessionManager({ home: join(directory, 'home') });
const context = {
  sessions,
  runtimes: defaultRuntimes({ socketPath: socket }),
  agents: defaultAgents(),
  clock: systemClock,
};

const start = (id: string, ...command: string[]): Promise<Session> =>
  spawnSession(context, { id, workspacePath: directory, command });

/** The events that `vitals events` prints, each with the moment at which its line arrived. */
class Watcher {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, (arrivedMs: number) => void>();

  constructor() {
    const args = [VITALS, 'events', '--interval', '10s', '--home', sessions.home];
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    if (!this.#child.stdout) return;
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const event = JSON.parse(line) as LifecycleEvent;
      if ('sessionId' in event)
        this.#waiting.get(`${event.type} ${event.sessionId ?? ''}`)?.(performance.now());
    });
  }

  async ready(): Promise<void> {
    if (this.#child.stderr) await once(this.#child.stderr, 'data');
  }

  /** How many ms it took from `act` to the line that tells of it. */
  async time(type: LifecycleEvent['type'], id: string, act: () => unknown): Promise<number> {
    await delay(REST_MS);
    const arrived = new Promise<number>((resolve) => this.#waiting.set(`${type} ${id}`, resolve));
    const startedMs = performance.now();
    await act();
    return (await arrived) - startedMs;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }
}

async function timeKills(watcher: Watcher): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = `victim-${round}`;
    const { handle } = await start(id, 'sleep', '3600');
    times.push(
      await watcher.time('terminated', id, () =>
        execFileSync('tmux', ['-S', socket, 'kill-session', '-t', String(handle?.['sessionId'])]),
      ),
    );
  }
  return times;
}

async function timeExits(watcher: Watcher, runtime: 'tmux' | 'process'): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = `leaver-${runtime}-${round}`;
    const gate = join(directory, id);
    execFileSync('mkfifo', [gate]);
    const command = ['sh', '-c', 'read -r line <"$0"; exit 3', gate];
    await spawnSession(context, { id, runtime, workspacePath: directory, command });
    times.push(await watcher.time('terminated', id, () => writeFile(gate, 'go\n')));
  }
  return times;
}

async function timeArrivals(watcher: Watcher): Promise<number[]> {
  const template = await start('template', 'sleep', '3600');
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = `arrival-${round}`;
    const now = new Date().toISOString();
    const record = { ...template, id, rev: 1, createdAt: now, updatedAt: now };
    const temporary = join(directory, `${id}.json`);
    await writeFile(temporary, JSON.stringify(record));
    times.push(
      await watcher.time('spawned', id, () =>
        rename(temporary, sessions.layout.sessionFile(`default/${id}`)),
      ),
    );
  }
  return times;
}

function summarise(what: string, times: number[]): Record<string, string | number> {
  const at = (share: number): number => quantile(times, share);
  return { what, 'p50 ms': at(0.5), 'p90 ms': at(0.9), 'p99 ms': at(0.99) };
}

try {
  await mkdir(sessions.home);
  for (let number = 0; number < SESSIONS; number += 1) await start(`steady-${number}`, 'sleep', '3600');
  const watcher = new Watcher();
  await watcher.ready();
  const rows = [
    summarise('`tmux kill-session` (its own run time included) to `terminated`', await timeKills(watcher)),
    summarise("a program's own exit to `terminated`, with its code", await timeExits(watcher, 'tmux')),
    summarise('the same of a plain process', await timeExits(watcher, 'process')),
    summarise('a record dropped in by another process to `spawned`', await timeArrivals(watcher)),
  ];
  await watcher.stop();
  writeSection({
    heading: 'From what happened to its line on stdout: `npm run bench:wake`',
    text: `${SESSIONS} sessions, \`vitals events --interval 10s\`, ${ROUNDS} rounds each.\n\n${table(rows)}`,
  });
} finally {
  execFileSync('tmux', ['-S', socket, 'kill-server']);
  await rm(directory, { recursive: true, force: true });
}

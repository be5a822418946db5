import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { adoptPrograms, defaultAgents, defaultRuntimes, SessionManager, systemClock } from '../index.js';
import { startSessions } from './start-sessions.js';
import { timeInTurn } from './time-in-turn.js';
import { table, writeSection } from './write-section.js';

const ROUNDS = 25;
const FEW = 10;
const MANY = 1_000;

/** How long the loop runs over many sessions before its peak is read: what it drops is first cleared away in this time. */
const WATCH_MS = 90_000;

const VITALS = fileURLToPath(new URL('../bin/main.js', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'vitals-start-up-'));
const socketPath = join(directory, 'tmux');
const sessions = new SessionManager({ home: join(directory, 'home') });
const context = {
  sessions,
  runtimes: defaultRuntimes({ socketPath }),
  agents: defaultAgents(),
  clock: systemClock,
};

const run = promisify(execFile);
const env = { ...process.env, VITALS_HOME: sessions.home };

async function record(from: number, to: number): Promise<void> {
  startSessions(socketPath, from, to);
  await adoptPrograms(context, { targets: 'all' });
}

/** What a process holds now (`VmRSS` of proc_pid_status(5)), or ever held at most (`VmHWM`), in MB of 10^6 bytes. */
function residentMb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kibibytes = 'NaN'] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  return (Number(kibibytes) * 1_024) / 1_000_000;
}

async function watchMany(): Promise<{ peakMb: number; lastMb: number }> {
  const child = spawn(process.execPath, [VITALS, 'events', '--interval', '10s'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    await once(child.stderr, 'data');
    await delay(WATCH_MS);
    const pid = child.pid ?? 0;
    return { peakMb: residentMb(pid, 'VmHWM'), lastMb: residentMb(pid, 'VmRSS') };
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

try {
  const loadBefore = loadavg()[0] ?? Number.NaN;
  await record(0, FEW);
  const things = [
    { what: '`node -e 0`', args: ['-e', '0'] },
    { what: '`vitals --help`', args: [VITALS, '--help'] },
    { what: `\`vitals list --json\`, ${FEW} records`, args: [VITALS, 'list', '--json'] },
    { what: `\`vitals events --once\`, ${FEW} sessions in tmux`, args: [VITALS, 'events', '--once'] },
  ];
  const times = await timeInTurn(
    things.map(
      ({ args }) =>
        () =>
          run(process.execPath, args, { env }),
    ),
    { rounds: ROUNDS },
  );
  const loadAfter = loadavg()[0] ?? Number.NaN;
  await record(FEW, MANY);
  const { peakMb, lastMb } = await watchMany();
  const bareMs = times[0] ?? Number.NaN;
  const rows = things.map(({ what }, index) => {
    const ms = times[index] ?? Number.NaN;
    return { what, 'median ms': ms, 'of `node -e 0`': ms / bareMs };
  });
  writeSection({
    heading: 'Start-up and footprint: `npm run bench:start-up`',
    text:
      `Medians of ${ROUNDS} rounds, in turn; the load was ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} after.\n\n` +
      `${table(rows)}\n\n` +
      `\`vitals events\` over ${MANY.toLocaleString('en')} sessions in tmux, in ${WATCH_MS / 1_000} s: ` +
      `${peakMb.toFixed(0)} MB resident at the peak, which is its start, and ${lastMb.toFixed(0)} MB at the end.`,
  });
} finally {
  execFileSync('tmux', ['-S', socketPath, 'kill-server']);
  rmSync(directory, { recursive: true, force: true });
}

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { defaultAgents, defaultRuntimes, SessionManager, spawnSession, systemClock } from '../index.js';
import { writeSection } from './write-section.js';

const SESSIONS = 100;
const MINUTE_MS = 60_000;

/** How long the sessions are left alone first: after a minute of silence they have gone from ready to idle. */
const SETTLE_MS = 75_000;

const VITALS = fileURLToPath(new URL('../bin/main.js', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'vitals-idle-'));
const socketPath = join(directory, 'tmux');
const sessions = new SessionManager({ home: join(directory, 'home') });

/** A `tmux` on PATH that counts how often it is started. */
function countStarts(): { path: string; count: () => number } {
  const real = execFileSync('sh', ['-c', 'command -v tmux'], { encoding: 'utf8' }).trim();
  const log = join(directory, 'starts');
  writeFileSync(log, '');
  mkdirSync(join(directory, 'bin'));
  writeFileSync(join(directory, 'bin', 'tmux'), `#!/bin/sh\necho >>${log}\nexec ${real} "$@"\n`);
  chmodSync(join(directory, 'bin', 'tmux'), 0o755);
  return {
    path: [join(directory, 'bin'), process.env['PATH']].join(delimiter),
    count: () => readFileSync(log, 'utf8').length,
  };
}

/** Processor time of a process, its own and its ended children's, in ms (proc_pid_stat(5), at 100 ticks a second). */
function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return fields.slice(11, 15).reduce((sum, ticks) => sum + ticks * 10, 0);
}

try {
  const context = {
    sessions,
    runtimes: defaultRuntimes({ socketPath }),
    agents: defaultAgents(),
    clock: systemClock,
  };
  for (let number = 0; number < SESSIONS; number += 1) {
    await spawnSession(context, { workspacePath: directory, command: ['sleep', '3600'] });
  }
  const starts = countStarts();
  const child = spawn(process.execPath, [VITALS, 'events', '--interval', '10s', '--home', sessions.home], {
    env: { ...process.env, PATH: starts.path },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(child.stderr, 'data');
  await delay(SETTLE_MS);
  const before = { processorMs: processorMs(child.pid ?? 0), starts: starts.count() };
  await delay(MINUTE_MS);
  const usedMs = processorMs(child.pid ?? 0) - before.processorMs;
  writeSection({
    heading: 'At rest: `npm run bench:idle`',
    text:
      `${SESSIONS} idle sessions for 60 s, \`vitals events --interval 10s\`: ` +
      `${((100 * usedMs) / MINUTE_MS).toFixed(2)} % of a core, ${starts.count() - before.starts} processes started.`,
  });
  child.kill('SIGTERM');
  await once(child, 'exit');
} finally {
  execFileSync('tmux', ['-S', socketPath, 'kill-server']);
  rmSync(directory, { recursive: true, force: true });
}

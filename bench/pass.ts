import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { adoptPrograms, defaultAgents, defaultRuntimes, SessionManager, systemClock } from '../index.js';
import { compete, type Costs } from './compete.js';
import { HiredContender } from './hired-contender.js';
import { installPeers } from './install-peers.js';
import { restAgents } from './rest-agents.js';
import { standInSessions } from './stand-in-sessions.js';
import { startSessions } from './start-sessions.js';
import { table, writeSection } from './write-section.js';

const SIZES = [10, 100, 500, 1_000];
const STAND_IN_SIZES = [1_000, 10_000];

/** After how long without output a session is idle for good: until then time alone changes something. */
const SETTLED_AFTER_MS = 62_000;

/** Of how many sessions one has changed, in a busy pass. */
const BUSY_SHARE = 10;

const { peers: wantsPeers } = parseArgs({ options: { peers: { type: 'boolean', default: false } } }).values;

const directory = mkdtempSync(join(tmpdir(), 'vitals-bench-'));
const socketPath = join(directory, 'tmux');
const configDir = join(directory, 'claude');
const env = {
  CLAUDE_CONFIG_DIR: configDir,
  ...(wantsPeers && { VITALS_BENCH_PEERS: installPeers(directory) }),
};

const ABOUT_PASSES =
  'Medians of 7 rounds, in turn, each contender in a process of its own, after 50 passes (the peer: one), over sessions idle for a minute. The floor is one query for all panes through the ' +
  'same client and one synchronous `lstat` for each record' +
  (wantsPeers ? '; the peer is `@composio/ao-core` 0.2.0 (`npm run bench -- --peers`).' : '.');

/** Runs a competition over these sessions, among contenders of its own. */
async function hold(
  names: readonly string[],
  sessions: SessionManager,
  options: { sessions: number; before?: () => Promise<void> },
): Promise<Costs> {
  const arena = { home: sessions.home, socketPath, sessions: options.sessions };
  const contenders = new Map<string, HiredContender>();
  try {
    for (const name of names)
      contenders.set(name, await HiredContender.hire(name, arena, { directory, env }));
    return await compete(contenders, options);
  } finally {
    for (const contender of contenders.values()) await contender.dismiss();
  }
}

/** Changes every tenth record, as another process would. */
async function change(sessions: SessionManager): Promise<void> {
  const { sessions: all } = await sessions.list();
  const some = all.filter((_, index) => index % BUSY_SHARE === 0);
  for (const session of some) {
    await sessions.save({ ...session, task: `task ${session.rev}` }, { writtenBy: 'bench' });
  }
}

const row = (
  sessions: number,
  { vitals, peer, 'agents-floor': agentsFloor, floor = agentsFloor }: Costs,
): Record<string, string | number> => ({
  sessions,
  'pass ms': vitals?.wallMs ?? NaN,
  'cpu ms': vitals?.cpuMs ?? NaN,
  'tmux started': vitals?.starts ?? NaN,
  'peak MB': vitals?.peakMb ?? NaN,
  'floor ms': floor?.wallMs ?? NaN,
  'pass / floor': (vitals?.wallMs ?? NaN) / (floor?.wallMs ?? NaN),
  ...(peer && {
    'peer ms': peer.wallMs,
    'peer cpu ms': peer.cpuMs,
    'peer starts tmux': peer.starts,
    'peer / pass': peer.wallMs / (vitals?.wallMs ?? NaN),
    'peer cpu / cpu': peer.cpuMs / (vitals?.cpuMs ?? NaN),
  }),
});

async function measureOnTmux(): Promise<{ steady: string; busy: string; agents: string }> {
  const runtimes = defaultRuntimes({ socketPath });
  const sessions = new SessionManager({ home: join(directory, 'home') });
  const context = { sessions, runtimes, agents: defaultAgents(), clock: systemClock };
  const [steady, busy]: Record<string, string | number>[][] = [[], []];
  let started = 0;
  for (const size of SIZES) {
    startSessions(socketPath, started, size);
    started = size;
    const settled = delay(SETTLED_AFTER_MS);
    await adoptPrograms(context, { targets: 'all' });
    await settled;
    const names = ['vitals', 'floor', ...(wantsPeers ? ['peer'] : [])];
    steady?.push(row(size, await hold(names, sessions, { sessions: size })));
    const before = (): Promise<void> => change(sessions);
    busy?.push(row(size, await hold(['vitals', 'floor'], sessions, { sessions: size, before })));
  }
  await restAgents(sessions, configDir);
  const agents = row(started, await hold(['vitals', 'agents-floor'], sessions, { sessions: started }));
  return { steady: table(steady ?? []), busy: table(busy ?? []), agents: table([agents]) };
}

/** Sessions whose runtime answers at once, so that what is left is the pass itself. */
async function measureOnStandIn(): Promise<string> {
  const rows: Record<string, string | number>[] = [];
  for (const size of STAND_IN_SIZES) {
    const sessions = standInSessions(join(directory, `stand-in-${size}`), size);
    const costs = await hold(['stand-in', 'sweep'], sessions, { sessions: size });
    const [pass, sweep] = [costs['stand-in'], costs['sweep']];
    rows.push({
      sessions: size,
      'pass ms': pass?.wallMs ?? NaN,
      'cpu ms': pass?.cpuMs ?? NaN,
      'peak MB': pass?.peakMb ?? NaN,
      'sweep alone ms': sweep?.wallMs ?? NaN,
    });
  }
  return table(rows);
}

try {
  const { steady, busy, agents } = await measureOnTmux();
  writeSection({
    heading: 'A pass in which nothing changed: `npm run bench`',
    text: `${ABOUT_PASSES}\n\n${steady}`,
  });
  writeSection({ heading: 'A pass in which every tenth record changed: `npm run bench`', text: busy });
  writeSection({
    heading: 'A pass over agents at rest: `npm run bench`',
    text: `Each is Claude Code with a transcript; the floor has one \`lstat\` of it and one look at its process more.\n\n${agents}`,
  });
  writeSection({
    heading: 'A pass over a stand-in runtime: `npm run bench`',
    text: await measureOnStandIn(),
  });
} finally {
  execFileSync('tmux', ['-S', socketPath, 'kill-server']);
  rmSync(directory, { recursive: true, force: true });
}

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  defaultAgents,
  defaultRuntimes,
  LifecycleManager,
  spawnSession,
  systemClock,
  type SessionManager,
} from '../index.js';
import { recordHome } from './recorded-home.js';
import { timeInTurn } from './time-in-turn.js';
import { table, writeSection } from './write-section.js';

const SIZES = [1_000, 10_000];
const LIVE = 10;
const ROUNDS = 15;

/** A file younger than the grain of its times is read again: what was just made is left to settle. */
const SETTLE_MS = 200;

const VITALS = fileURLToPath(new URL('../bin/main.js', import.meta.url));

/** What nobody can do without: the names, and for each what changes with the file. */
async function sweep(directory: string): Promise<void> {
  for (const name of fs.readdirSync(directory)) fs.lstatSync(`${directory}/${name}`, { bigint: true });
  return Promise.resolve();
}

const directoryOf = (sessions: SessionManager): string =>
  dirname(sessions.layout.sessionFile('default/bench-0'));

/** How many files are opened while `act` runs. */
async function countOpens(act: () => Promise<unknown>): Promise<number> {
  const { openSync } = fs;
  let opens = 0;
  fs.openSync = (...args) => {
    opens += 1;
    return openSync(...args);
  };
  syncBuiltinESMExports();
  await act();
  fs.openSync = openSync;
  syncBuiltinESMExports();
  return opens;
}

async function measureSnapshot(home: string, count: number): Promise<Record<string, number>> {
  const sessions = recordHome({ home, count });
  await delay(SETTLE_MS);
  await sessions.list();
  const [snapshot = 0, bare = 0] = await timeInTurn(
    [() => sessions.list(), () => sweep(directoryOf(sessions))],
    { rounds: ROUNDS },
  );
  const file = sessions.layout.sessionFile('default/bench-7');
  const opensUnchanged = await countOpens(() => sessions.list());
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"rev": 7', '"rev": 8'));
  return {
    sessions: count,
    'snapshot ms': snapshot,
    'bare `lstat` sweep ms': bare,
    'snapshot / sweep': snapshot / bare,
    'snapshot - sweep ms': snapshot - bare,
    'files opened, none changed': opensUnchanged,
    'one changed': await countOpens(() => sessions.list()),
  };
}

/** Both are run as a person would run them, by the shell. */
async function measureListing(home: string, count: number): Promise<Record<string, number>> {
  const directory = directoryOf(recordHome({ home, count }));
  const bareScript = `
    import { readdirSync, readFileSync } from 'node:fs';
    for (const name of readdirSync(${JSON.stringify(directory)}))
      JSON.parse(readFileSync(${JSON.stringify(directory)} + '/' + name, 'utf8'));`;
  const run =
    (line: string, ...args: string[]) =>
    (): Promise<unknown> =>
      Promise.resolve(execFileSync('sh', ['-c', line, process.execPath, ...args]));
  const [list = 0, bare = 0] = await timeInTurn(
    [
      run('VITALS_HOME="$2" "$0" "$1" list --json | wc -l', VITALS, home),
      run('"$0" --input-type=module -e "$1"', bareScript),
    ],
    { rounds: ROUNDS },
  );
  return {
    sessions: count,
    '`vitals list --json \\| wc -l` ms': list,
    'a bare script that reads and parses them ms': bare,
    'list / bare': list / bare,
  };
}

/** A pass in which nothing changed, with and without thousands of sessions that have ended. */
async function measurePass(home: string, ended: number): Promise<Record<string, number>> {
  const sessions = recordHome({ home, count: ended, statuses: ['done', 'killed', 'errored', 'merged'] });
  const live = recordHome({ home: `${home}-live`, count: 0 });
  const [runtimes, agents] = [defaultRuntimes({}), defaultAgents()];
  const pids: number[] = [];
  const managers = [sessions, live].map(
    (store) => new LifecycleManager({ sessions: store, runtimes, agents, lease: 'none' }),
  );
  try {
    for (const store of [sessions, live]) {
      for (let number = 0; number < LIVE; number += 1) {
        const { handle } = await spawnSession(
          { sessions: store, runtimes, agents, clock: systemClock },
          { command: ['sleep', '600'], runtime: 'process', workspacePath: tmpdir() },
        );
        pids.push(Number(handle?.['pid']));
      }
    }
    await delay(SETTLE_MS);
    const [pass = 0, livePass = 0, bare = 0] = await timeInTurn(
      [...managers.map((manager) => () => manager.tick()), () => sweep(directoryOf(sessions))],
      { rounds: ROUNDS },
    );
    return {
      ended,
      live: LIVE,
      'pass ms': pass,
      'pass of the live alone ms': livePass,
      'lstat sweep ms': bare,
      'pass / (both)': pass / (livePass + bare),
    };
  } finally {
    for (const manager of managers) await manager.stop();
    for (const pid of pids) process.kill(-pid, 'SIGKILL');
  }
}

const directory = fs.mkdtempSync(join(tmpdir(), 'vitals-snapshot-'));
try {
  const rows: Record<string, number>[] = [];
  for (const size of SIZES) rows.push(await measureSnapshot(join(directory, String(size)), size));
  const listing = await measureListing(join(directory, 'list'), 10_000);
  const pass = await measurePass(join(directory, 'pass'), 10_000);
  writeSection({
    heading: 'A snapshot of the disk: `npm run bench:snapshot`',
    text: `Medians of ${ROUNDS} rounds, in turn.\n\n${[rows, [listing], [pass]].map(table).join('\n\n')}`,
  });
} finally {
  fs.rmSync(directory, { recursive: true, force: true });
}

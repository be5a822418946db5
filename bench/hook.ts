import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { timeInTurn } from './time-in-turn.js';
import { table, writeSection } from './write-section.js';

const ROUNDS = 41;

/** How many records there are besides; those that nothing tells which is theirs look through them. */
const RECORDS = 1_000;

const MAIN = fileURLToPath(new URL('../bin/main.js', import.meta.url));

const home = await mkdtemp(join(tmpdir(), 'vitals-hook-'));
const projectDirectory = join(home, 'sessions/default');

/** The record of a program that runs as this process: each hook that is started here is its own. */
const record = (id: string, pid: number, bootId: string): string => {
  const time = new Date().toISOString();
  const handle = { type: 'process', pid, bootId };
  return JSON.stringify({
    ...{ format: 1, rev: 1, writtenBy: 'bench', id, projectId: 'default', status: 'working', activity: null },
    ...{
      agent: 'claude-code',
      command: ['claude'],
      runtime: 'process',
      handle,
      createdAt: time,
      updatedAt: time,
    },
  });
};

const events = ['PreToolUse', 'PermissionRequest', 'PostToolUse', 'Stop'];
let count = 0;

function callHook(env: Record<string, string>): Promise<void> {
  count += 1;
  const input = JSON.stringify({
    ...{ session_id: 'bench', transcript_path: '/bench.jsonl', cwd: '/', tool_name: 'Bash' },
    hook_event_name: events[count % events.length],
  });
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'hook', 'claude-code'], {
    input,
    env: { ...process.env, VITALS_HOME: home, VITALS_SESSION: '', ...env },
    encoding: 'utf8',
  });
  if (status !== 0 || stderr !== '') throw new Error(`the hook failed: ${stderr}`);
  return Promise.resolve();
}

const startNode = (): Promise<void> => {
  spawnSync(process.execPath, ['-e', '0']);
  return Promise.resolve();
};

try {
  const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  await mkdir(projectDirectory, { recursive: true });
  for (let number = 0; number < RECORDS; number += 1) {
    const id = `other-${number}`;
    await writeFile(join(projectDirectory, `${id}.json`), record(id, 2 ** 22 + number, bootId));
  }
  await writeFile(join(projectDirectory, 'own.json'), record('own', process.pid, bootId));
  const callUnknown = async (): Promise<void> => {
    await rm(join(home, 'roots'), { recursive: true, force: true });
    await callHook({});
  };
  const [bare = 0, spawned = 0, unknown = 0, adopted = 0] = await timeInTurn(
    [startNode, () => callHook({ VITALS_SESSION: 'default/own' }), callUnknown, () => callHook({})],
    { rounds: ROUNDS },
  );
  const note = JSON.parse(await readFile(join(home, 'hooks/default/own.json'), 'utf8')) as { agent: string };
  if (note.agent !== 'claude-code') throw new Error('the hooks left no note');
  const row = (what: string, ms: number) => ({ what, ms, 'beyond `node -e 0`, ms': ms - bare });
  writeSection({
    heading: 'What a hook costs an agent: `npm run bench:hook`',
    text: `Medians of ${ROUNDS} rounds, in turn.\n\n${table([
      row('`node -e 0`', bare),
      row('`vitals hook`, in a spawned session', spawned),
      row(`\`vitals hook\`, in an adopted one of ${(RECORDS + 1).toLocaleString('en')}`, adopted),
      row('the same, without a note on its process', unknown),
    ])}`,
  });
} finally {
  await rm(home, { recursive: true, force: true });
}

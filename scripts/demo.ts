import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { LifecycleEvent, Session } from '../index.js';

/** What the demo starts: one ends by itself, one asks a question, one is killed from outside. */
const PROGRAMS = {
  builder: 'echo building; sleep 1.5; echo the build failed; exit 3',
  asker: 'echo working; sleep 1.5; printf "May I go on? \\a"; read -r answer || sleep 60; echo "$answer"',
  victim: 'while :; do echo still working; sleep 0.4; done',
};

const LIMIT_MS = 14_000;
const VITALS = fileURLToPath(new URL('../bin/main.js', import.meta.url));

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const runtime = hasTmux ? 'tmux' : 'process';
const directory = await mkdtemp(join(tmpdir(), 'vitals-demo-'));
const env: NodeJS.ProcessEnv = {
  ...process.env,
  VITALS_HOME: join(directory, 'home'),
  TMUX_TMPDIR: join(directory, 'tmux'),
};
delete env['TMUX'];

const note = (message: string): boolean => process.stderr.write(`demo: ${message}\n`);

function vitals(args: string[]): ChildProcess {
  return spawn(process.execPath, [VITALS, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function run(...args: string[]): Promise<string> {
  const child = vitals(args);
  const [output] = await Promise.all([child.stdout ? text(child.stdout) : '', once(child, 'exit')]);
  return output;
}

async function handleOf(id: string): Promise<Record<string, unknown>> {
  const lines = (await run('list', '--json')).trim().split('\n');
  const sessions = lines.map((line) => JSON.parse(line) as Session);
  return sessions.find((session) => session.id === id)?.handle ?? {};
}

async function killFromOutside(id: string): Promise<void> {
  const { socket, sessionId, pid } = await handleOf(id);
  if (hasTmux) spawnSync('tmux', ['-S', String(socket), 'kill-session', '-t', String(sessionId)]);
  else process.kill(-Number(pid), 'SIGKILL');
}

/** What a person would do about an event. */
async function react(event: LifecycleEvent): Promise<void> {
  if (event.type !== 'status_changed') return;
  if (event.sessionId === 'victim' && event.to === 'working') {
    note('victim works: it is killed from outside');
    await killFromOutside('victim');
  }
  if (event.sessionId === 'asker' && event.to === 'needs_input') {
    note(hasTmux ? 'asker wants input: it is told to go on' : 'asker wants input: it is killed');
    await run(...(hasTmux ? ['send', 'asker', 'go on'] : ['kill', 'asker']));
  }
}

async function watch(events: ChildProcess): Promise<number> {
  const ended = new Set<string>();
  if (!events.stdout) return 0;
  for await (const line of createInterface({ input: events.stdout })) {
    process.stdout.write(`${line}\n`);
    const event = JSON.parse(line) as LifecycleEvent;
    if (event.type === 'terminated') ended.add(event.sessionId);
    if (ended.size === Object.keys(PROGRAMS).length) events.kill('SIGTERM');
    await react(event);
  }
  return ended.size;
}

/** The loop, watching: it has made its first pass. */
async function startEvents(): Promise<ChildProcess> {
  const args = [VITALS, 'events', '--interval', '500ms'];
  const events = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  for await (const line of createInterface({ input: events.stderr })) {
    note(line);
    if (line.startsWith('watching')) break;
  }
  events.stderr.resume();
  return events;
}

async function cleanUp(): Promise<void> {
  for (const id of Object.keys(PROGRAMS)) await run('kill', id);
  const socket = join(directory, 'tmux', `tmux-${process.getuid?.() ?? 0}`, 'default');
  if (hasTmux) spawnSync('tmux', ['-S', socket, 'kill-server']);
  await rm(directory, { recursive: true, force: true });
}

await mkdir(join(directory, 'tmux'));
note(hasTmux ? `a private tmux server in ${directory}` : 'there is no tmux here: plain processes instead');
const events = await startEvents();
const timer = setTimeout(() => events.kill('SIGTERM'), LIMIT_MS);
try {
  const watching = watch(events);
  for (const [id, line] of Object.entries(PROGRAMS)) {
    await run('spawn', '--runtime', runtime, '--id', id, '--', 'sh', '-c', line);
  }
  const ended = await watching;
  note(`${ended} of ${Object.keys(PROGRAMS).length} sessions ended, as they should`);
} finally {
  clearTimeout(timer);
  events.kill('SIGTERM');
  await cleanUp();
}

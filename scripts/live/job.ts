import { spawn, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readlink, rm, writeFile, chmod } from 'node:fs/promises';
import { openSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROFILES } from './agents/profiles.js';
import { endStrays, MODEL_PORT } from './stage.js';
import { installAgent, liveCache, type LiveAgent } from './versions.js';

/** One run: an agent of one version, with hooks or without, and the scenarios that it plays. */
export interface Job {
  agent: LiveAgent;
  version: string;
  isHooked: boolean;
  scenarios: string[];
  /** How many scenarios are played at a time. */
  parallel: number;
  /** The run's folder, where all that it leaves is kept. */
  folder: string;
  /** The network namespace of who starts it. */
  outerNamespace: string;
}

const PERFORM = fileURLToPath(new URL('perform.js', import.meta.url));
const VITALS = fileURLToPath(new URL('../../bin/main.js', import.meta.url));
const ROOT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Why real agents can't be run on this machine; null if they can. */
export function findObstacle(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are needed, which only Linux has';
  try {
    execFileSync(...unshared(['true']), { stdio: 'pipe' });
    execFileSync('tmux', ['-V'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    const { stderr, message } = error as { stderr?: Buffer; message: string };
    return `no network namespace or no tmux can be had: ${stderr?.toString().trim() ?? message}`;
  }
}

/** A command with loopback as its whole network. */
function unshared(command: readonly string[]): [string, string[]] {
  const asRoot = process.getuid?.() === 0 ? ['--net'] : ['--net', '--map-root-user'];
  return ['unshare', [...asRoot, '--', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...command]];
}

/** Installs the agent, plays the scenarios, and resolves to the run's folder and why it was skipped, if it was. */
export async function runJob(
  asked: Omit<Job, 'folder' | 'outerNamespace'>,
): Promise<{ folder: string; skipped: string | null }> {
  const { agent, version, isHooked } = asked;
  const cliBin = await installAgent(agent, version);
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const folder = join(liveCache(), 'runs', `${stamp}-${agent}-${version}-hooks-${isHooked ? 'on' : 'off'}`);
  await mkdir(join(folder, 'home'), { recursive: true });
  await mkdir(join(folder, 'bin'), { recursive: true });
  const vitals = join(folder, 'bin', 'vitals');
  await writeFile(vitals, `#!/bin/sh\nexec '${process.execPath}' '${VITALS}' "$@"\n`);
  await chmod(vitals, 0o755);
  // A socket's path has to be short, and a temporary folder must not be a parent of the home.
  const short = await mkdtemp(join(tmpdir(), 'vitals-live-'));
  const job: Job = { ...asked, folder, outerNamespace: await readlink('/proc/self/ns/net') };
  await writeFile(join(folder, 'job.json'), `${JSON.stringify(job, null, 2)}\n`);
  const place = {
    home: join(folder, 'home'),
    modelUrl: `http://127.0.0.1:${MODEL_PORT}`,
  };
  const env = {
    PATH: [cliBin, join(folder, 'bin'), dirname(process.execPath), ROOT_PATH].join(':'),
    HOME: place.home,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    SHELL: '/bin/bash',
    TMPDIR: short,
    TMUX_TMPDIR: short,
    VITALS_HOME: join(folder, 'vitals'),
    ...PROFILES[agent].env(place),
  };
  try {
    const log = openSync(join(folder, 'perform.log'), 'a');
    const [command, args] = unshared([process.execPath, PERFORM, JSON.stringify(job)]);
    const child = spawn(command, args, { env, stdio: ['ignore', log, log] });
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    process.off('SIGINT', forward).off('SIGTERM', forward);
    if (code !== 0) throw new Error(`the run failed: see ${join(folder, 'perform.log')}`);
  } finally {
    // Even if the run was killed: nothing else lives in its namespace.
    const namespace = join(folder, 'namespace');
    if (existsSync(namespace)) await endStrays([process.pid], await readFile(namespace, 'utf8'));
    await rm(short, { recursive: true, force: true });
  }
  const skipped = join(folder, 'skipped');
  return { folder, skipped: existsSync(skipped) ? await readFile(skipped, 'utf8') : null };
}

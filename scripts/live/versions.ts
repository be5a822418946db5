import { execFile } from 'node:child_process';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The releases that are run, from npm: the current one on 27 November 2026, and one about three months older. */
export const RELEASES = {
  'claude-code': { package: '@anthropic-ai/claude-code', current: '2.1.332', previous: '2.1.243' },
  codex: { package: '@openai/codex', current: '0.171.0', previous: '0.148.0' },
  opencode: { package: 'opencode-ai', current: '1.18.33', previous: '1.17.18' },
  gemini: { package: '@google/gemini-cli', current: '0.61.0', previous: '0.51.0' },
  qwen: { package: '@qwen-code/qwen-code', current: '0.24.4', previous: '0.21.2' },
  copilot: { package: '@github/copilot', current: '1.0.102', previous: '1.0.71' },
  cline: { package: 'cline', current: '3.0.65', previous: '3.0.57' },
  pi: { package: '@mariozechner/pi-coding-agent', current: '0.73.1', previous: '0.70.2' },
} as const;

export type LiveAgent = keyof typeof RELEASES;

export const LIVE_AGENTS = Object.keys(RELEASES) as LiveAgent[];

/** Where the programs and the runs are kept: `live` in the user's cache. */
export const liveCache = (env = process.env): string =>
  join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'session-vitals', 'live');

/** A program could not be had from the npm registry. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}

/** Installs a release into the cache if it isn't there; resolves to the folder that has its command. */
export async function installAgent(agent: LiveAgent, version: string): Promise<string> {
  const folder = join(liveCache(), 'cli', `${agent}-${version}`);
  const bin = join(folder, 'node_modules', '.bin');
  if (await exists(bin)) return bin;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  // Without a manifest of its own, npm would look for one in the folders above.
  await writeFile(join(unfinished, 'package.json'), '{"private":true}\n');
  const spec = `${RELEASES[agent].package}@${version}`;
  const args = ['install', '--prefix', unfinished, '--no-audit', '--no-fund', '--loglevel', 'error', spec];
  try {
    await promisify(execFile)('npm', args, { timeout: 600_000, maxBuffer: 2 ** 24 });
    await rename(unfinished, folder);
  } catch (error) {
    if (await exists(bin)) return bin;
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').slice(-3).join(' ');
    throw new InstallError(`npm could not install ${spec}: ${said ?? String(error)}`, { cause: error });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return bin;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PEERS = ['@composio/ao-core@0.2.0', '@composio/ao-plugin-runtime-tmux@0.2.0'];

/** Installs the peers into a folder of their own, without running any script of theirs; returns the folder. */
export function installPeers(directory: string): string {
  const folder = join(directory, 'peers');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...PEERS], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return folder;
}

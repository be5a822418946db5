import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';

/** What a unit may say, where systemd can't be asked. */
const KNOWN: Record<string, readonly string[]> = {
  Unit: ['Description'],
  Service: [
    ...['Type', 'Environment', 'ExecStart', 'StandardOutput', 'StandardError', 'Restart', 'RestartSec'],
    'KillMode',
  ],
  Install: ['WantedBy'],
};

/** What is wrong with a unit of a user's, by systemd itself where that is; nothing is an empty text. */
export function verifyUnit(text: string): string {
  const directory = new TemporaryDirectory();
  try {
    const file = directory.file('session-vitals.service');
    writeFileSync(file, text);
    mkdirSync(directory.file('run'), { mode: 0o700 });
    const env = { ...process.env, HOME: directory.path, XDG_RUNTIME_DIR: directory.file('run') };
    const { error, status, stderr } = spawnSync('systemd-analyze', ['--user', 'verify', file], {
      encoding: 'utf8',
      env,
    });
    if (error) return verifyBySight(text);
    return status === 0 ? stderr : `it exits with ${String(status)}: ${stderr}`;
  } finally {
    directory.remove();
  }
}

function verifyBySight(text: string): string {
  let section = '';
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const [, heading] = /^\[(\w+)\]$/.exec(line) ?? [];
    const [, name = ''] = /^(\w+)=/.exec(line) ?? [];
    if (heading !== undefined) section = heading;
    else if (KNOWN[section]?.includes(name) !== true) return `[${section}] ${line} is not known`;
  }
  return /^ExecStart=\//m.test(text) ? '' : 'its command has no absolute path';
}

import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import type { Finding } from '../session/finding.js';
import { ok, warning } from '../session/make-finding.js';
import { isTerminal } from '../session/status.js';
import type { Checkup } from './checkup.js';

/** What Node.js and the loop itself have open. */
const OWN_FILES = 64;
/** What a probe may have open at once: a transcript, a status file, a hook's note, a socket. */
const FILES_A_SESSION = 4;

/** Whether a process may open as many files as the sessions take. */
export function checkOpenFiles(
  { records }: Pick<Checkup, 'records'>,
  { readLimits = () => readFileSync('/proc/self/limits', 'utf8') }: { readLimits?: () => string } = {},
): Finding[] {
  if (platform() !== 'linux') return [];
  const [, limit = ''] = /^Max open files\s+(\S+)/m.exec(readLimits()) ?? [];
  const live =
    records.type === 'read'
      ? records.snapshot.sessions.filter(({ status }) => !isTerminal(status)).length
      : 0;
  const needed = OWN_FILES + FILES_A_SESSION * live;
  if (limit === 'unlimited' || Number(limit) >= needed) {
    return [ok('files', `a process may open ${limit}; ${live} live sessions take ${needed} at most`)];
  }
  const found = `a process may open ${limit} files, and ${live} live sessions may take ${needed}: probes then fail`;
  return [warning('files', found, `ulimit -n ${Math.max(needed, 1_024)}`)];
}

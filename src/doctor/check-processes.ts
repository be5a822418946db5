import { platform } from 'node:os';
import { readProcess, type ProcessState } from '../process/read-process.js';
import type { Finding } from '../session/finding.js';
import { broken, ok, warning } from '../session/make-finding.js';

/** Whether the processes of this machine can be seen: without that no death is ever proven. */
export function checkProcesses(
  _checkup: unknown,
  { read = readProcess }: { read?: (pid: number) => ProcessState } = {},
): Finding[] {
  const source = platform() === 'linux' ? '/proc' : 'ps';
  const own = read(process.pid);
  if (own.type !== 'running') {
    const cure = platform() === 'linux' ? 'mount -t proc proc /proc' : 'see that ps is on PATH';
    return [broken('processes', `${source} does not show this very process: ${own.detail}`, cure)];
  }
  if (read(1).type === 'running') return [ok('processes', `${source} shows them`)];
  const found = `${source} hides the processes of other users (hidepid): whether theirs are gone can't be told`;
  return [warning('processes', found, 'run vitals as the user whose sessions it watches')];
}

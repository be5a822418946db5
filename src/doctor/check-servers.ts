import { groupByServer, type ServerGroup } from '../runtime/group-by-server.js';
import type { Finding } from '../session/finding.js';
import { broken, ok, warning } from '../session/make-finding.js';
import { isTerminal } from '../session/status.js';
import type { Checkup } from './checkup.js';

const SERVER_TIMEOUT_MS = 5_000;

/** Whether the servers of the live sessions answer. */
export async function checkServers({
  records,
  runtimes,
}: Pick<Checkup, 'records' | 'runtimes'>): Promise<Finding[]> {
  if (records.type === 'unreadable') return [];
  const live = records.snapshot.sessions.filter(({ status }) => !isTerminal(status));
  return Promise.all(groupByServer(live, runtimes).map(checkServer));
}

async function checkServer(group: ServerGroup): Promise<Finding> {
  const count = `${group.sessions.length} of the live sessions`;
  if (group.type === 'unaskable') {
    const cure = 'see each of them: vitals list';
    return warning('sessions', `${count} can't be probed: ${group.message}`, cure);
  }
  const view = await group.host.observe(group.handles, { signal: AbortSignal.timeout(SERVER_TIMEOUT_MS) });
  return view.outage
    ? broken('sessions', `${count} are out of reach: ${view.outage.message}`, 'do as it says')
    : ok('sessions', `${group.server} answers for ${count}`);
}

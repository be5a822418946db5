import type { Finding } from '../runtime/finding.js';
import { groupByServer, type ServerGroup } from '../runtime/group-by-server.js';
import { messageOf } from '../session/message-of.js';
import type { Snapshot } from '../session/snapshot.js';
import { isTerminal } from '../session/status.js';
import { findOpenPlaces } from '../store/find-open-places.js';
import { checkHooks } from './check-hooks.js';
import { checkLease } from './check-lease.js';
import type { ControlContext } from './control-context.js';
import { prepareHome } from './prepare-home.js';

const OLDEST_NODE = 20;
const SERVER_TIMEOUT_MS = 5_000;

/** Looks at everything that must work on this machine. */
export async function diagnose(
  context: ControlContext,
  { env = process.env }: { env?: NodeJS.ProcessEnv } = {},
): Promise<Finding[]> {
  const runtimes = Object.values(context.runtimes).map(
    (runtime) => runtime.diagnose?.() ?? Promise.resolve([]),
  );
  return [
    checkNode(),
    ...(await checkHome(context)),
    ...(await Promise.all(runtimes)).flat(),
    ...(await checkHooks(env)),
    await checkLease(context),
    ...(await checkRecords(context)),
  ];
}

function checkNode(): Finding {
  const version = process.versions.node;
  const isOld = Number.parseInt(version, 10) < OLDEST_NODE;
  return isOld
    ? { subject: 'node', state: 'broken', message: version, cure: `install Node.js ${OLDEST_NODE} or later` }
    : { subject: 'node', state: 'ok', message: version };
}

async function checkHome({ sessions }: ControlContext): Promise<Finding[]> {
  const subject = 'home';
  try {
    await prepareHome(sessions);
    const open = (await findOpenPlaces(sessions.layout)).map(({ path, mode }): Finding => ({
      subject,
      state: 'warning',
      message: `others than you have access to ${path}: its mode is ${mode}`,
      cure: `chmod 700 ${path}`,
    }));
    return [{ subject, state: 'ok', message: `${sessions.home} can be written` }, ...open];
  } catch (error) {
    const cure = 'name another with --home or VITALS_HOME';
    return [{ subject, state: 'broken', message: messageOf(error), cure }];
  }
}

async function checkRecords(context: ControlContext): Promise<Finding[]> {
  let snapshot: Snapshot;
  try {
    snapshot = await context.sessions.list();
  } catch (error) {
    return [{ subject: 'sessions', state: 'broken', message: messageOf(error), cure: 'mend the home' }];
  }
  const live = snapshot.sessions.filter(({ status }) => !isTerminal(status));
  const unreadable = snapshot.unreadable.map(({ path, message }): Finding => ({
    subject: 'record',
    state: 'warning',
    message: `${path}: ${message}`,
    cure: 'mend or remove it',
  }));
  const servers = await Promise.all(groupByServer(live, context.runtimes).map(checkServer));
  return [
    {
      subject: 'sessions',
      state: 'ok',
      message: `${snapshot.sessions.length} recorded, ${live.length} live`,
    },
    ...unreadable,
    ...servers,
  ];
}

async function checkServer(group: ServerGroup): Promise<Finding> {
  const count = `${group.sessions.length} of the live sessions`;
  if (group.type === 'unaskable') {
    return { subject: 'sessions', state: 'warning', message: `${count} can't be probed: ${group.message}` };
  }
  const subject = group.server;
  const view = await group.host.observe(group.handles, { signal: AbortSignal.timeout(SERVER_TIMEOUT_MS) });
  return view.outage
    ? { subject, state: 'broken', message: `${count} are out of reach: ${view.outage.message}` }
    : { subject, state: 'ok', message: `answers for ${count}` };
}

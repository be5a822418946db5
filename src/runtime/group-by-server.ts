import type { Runtime } from './runtime.js';
import type { Handle } from '../session/handle.js';
import { messageOf } from '../session/message-of.js';
import type { Session } from '../session/session.js';

interface Group {
  /** The runtime's name. */
  runtime: string;
  server: string;
  sessions: Session[];
}

/** The sessions that one server answers for, or those for which nobody can be asked. */
export type ServerGroup =
  | (Group & { type: 'askable'; host: Runtime; handles: Handle[] })
  | (Group & { type: 'unaskable'; message: string });

/** Groups sessions by what must be asked about them. Those without a handle need no asking. */
export function groupByServer(
  sessions: readonly Session[],
  runtimes: Readonly<Record<string, Runtime>>,
): ServerGroup[] {
  const groups = new Map<string, ServerGroup>();
  for (const session of sessions) {
    const found = findServer(session, runtimes);
    const id = JSON.stringify([found.type, found.runtime, found.server, messageOfGroup(found)]);
    const group = groups.get(id) ?? found;
    group.sessions.push(session);
    if (group.type === 'askable' && session.handle) group.handles.push(session.handle);
    groups.set(id, group);
  }
  return [...groups.values()];
}

const messageOfGroup = (group: ServerGroup): string => (group.type === 'unaskable' ? group.message : '');

function findServer({ runtime, handle }: Session, runtimes: Readonly<Record<string, Runtime>>): ServerGroup {
  const nobody = (message: string): ServerGroup => ({
    type: 'unaskable',
    runtime,
    server: '',
    sessions: [],
    message,
  });
  if (!handle) return nobody('the program has not started');
  const host = Object.hasOwn(runtimes, runtime) ? runtimes[runtime] : undefined;
  if (!host) return nobody(`no runtime is called ${JSON.stringify(runtime)} here`);
  try {
    return { type: 'askable', runtime, server: host.serverOf(handle), sessions: [], host, handles: [] };
  } catch (error) {
    return nobody(messageOf(error));
  }
}

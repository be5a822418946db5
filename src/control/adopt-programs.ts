import { recogniseAgent } from '../agent/recognise-agent.js';
import { rememberRoot } from '../hook/remember-root.js';
import { findBelow } from '../process/find-below.js';
import { RuntimeError } from '../runtime/runtime-error.js';
import type { FoundProgram } from '../runtime/session-host.js';
import { handleKey, type Handle } from '../session/handle.js';
import { sessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import type { Snapshot } from '../session/snapshot.js';
import { isTerminal } from '../session/status.js';
import { fileFailure } from '../store/file-failure.js';
import type { HomeLayout } from '../store/home-layout.js';
import type { ControlContext } from './control-context.js';
import { findAgent } from './find-agent.js';
import { findHost } from './find-host.js';
import { InvalidRequestError } from './invalid-request-error.js';
import { newSession, toId } from './new-session.js';

/** Which programs are recorded, and as what. */
export interface AdoptOptions {
  /** Names of programs, exact; `all` for whatever runs. */
  targets: string[] | 'all';
  projectId?: string | undefined;
  /** Recognised by what runs, unless told; else `screen`. */
  agent?: string | undefined;
}

/** Records programs that run already. Those that have a record keep it; it is returned as well. */
export async function adoptPrograms(
  context: ControlContext,
  { targets, projectId = 'default', agent }: AdoptOptions,
): Promise<Session[]> {
  if (agent !== undefined) findAgent(agent, context);
  const programs = await findPrograms(context);
  const wanted = targets === 'all' ? programs : targets.map((target) => pick(target, programs));
  const snapshot = await context.sessions.list();
  const known = new Map(
    snapshot.sessions.filter(isLive).map((session) => [programKey(session.handle), session]),
  );
  const taken = idsIn(snapshot, projectId);
  const adopted: Session[] = [];
  for (const program of wanted) {
    const key = programKey(program.handle);
    const session = known.get(key) ?? (await record(context, { program, projectId, agent, taken }));
    known.set(key, session);
    taken.add(session.id);
    adopted.push(session);
  }
  return adopted;
}

const isLive = ({ status }: Session): boolean => !isTerminal(status);

/**
 * The same for a program that was spawned as for one that was found, and wherever it is shown: only a spawned one has an
 * exit file, and a pane may be moved from session to session.
 */
const programKey = (handle: Handle | null): string =>
  handle ? handleKey({ ...handle, exitFile: null, sessionId: null }) : '';

async function findPrograms(context: ControlContext): Promise<FoundProgram[]> {
  const host = findHost('tmux', context);
  if (!host.find) throw new InvalidRequestError('this runtime can not tell what runs in it');
  return host.find();
}

function pick(target: string, programs: readonly FoundProgram[]): FoundProgram {
  const program = programs.find(({ targets }) => targets.includes(target));
  if (program) return program;
  throw new RuntimeError(
    `tmux has no session or pane called exactly ${JSON.stringify(target)}: see them with tmux list-panes -a`,
  );
}

function idsIn({ sessions, unreadable }: Snapshot, projectId: string): Set<string> {
  const all = [...sessions, ...unreadable].filter((one) => one.projectId === projectId);
  return new Set(all.flatMap(({ id }) => (id === null ? [] : [id])));
}

interface Adoption {
  program: FoundProgram;
  projectId: string;
  agent: string | undefined;
  taken: ReadonlySet<string>;
}

async function record(
  { sessions, agents, clock }: ControlContext,
  { program, projectId, agent, taken }: Adoption,
): Promise<Session> {
  const { handle, name, command, workspacePath } = program;
  const session = newSession(
    {
      ...{ id: freeId(name, taken), projectId, command, workspacePath },
      agent: agent ?? recogniseAgent(command, agents) ?? recogniseBelow(handle, agents) ?? 'screen',
      runtime: handle.type,
    },
    clock.now(),
  );
  noteRoot(sessions.layout, session, handle);
  return sessions.save({ ...session, handle }, { writtenBy: 'adopt' });
}

/** tmux knows a program by the name of its process, which for an agent's may be that of its interpreter. */
function recogniseBelow({ panePid }: Handle, agents: ControlContext['agents']): string | null {
  if (typeof panePid !== 'number') return null;
  return findBelow(panePid, (command) => recogniseAgent(command, agents))?.seen ?? null;
}

/** Nothing in an adopted program's environment tells its hooks which session it is. */
function noteRoot(layout: HomeLayout, session: Session, { panePid }: Handle): void {
  if (typeof panePid !== 'number') return;
  try {
    rememberRoot(layout, panePid, sessionKey(session));
  } catch (error) {
    throw fileFailure('write', layout.rootFile(panePid), error);
  }
}

function freeId(name: string, taken: ReadonlySet<string>): string {
  const base = toId(name) || 'session';
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

import { recogniseAgent } from '../agent/recognise-agent.js';
import { RuntimeError } from '../runtime/runtime-error.js';
import type { FoundProgram } from '../runtime/session-host.js';
import { sameHandle } from '../session/handle.js';
import type { Session } from '../session/session.js';
import type { Snapshot } from '../session/snapshot.js';
import { isTerminal } from '../session/status.js';
import type { ControlContext } from './control-context.js';
import { findAgent } from './find-agent.js';
import { findHost } from './find-host.js';
import { InvalidRequestError } from './invalid-request-error.js';
import { newSession, toId } from './new-session.js';

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
  const adopted: Session[] = [];
  for (const program of wanted) {
    const known = findRecord(program, [...snapshot.sessions, ...adopted]);
    adopted.push(
      known ??
        (await record(context, { program, projectId, agent, taken: idsIn(snapshot, adopted, projectId) })),
    );
  }
  return adopted;
}

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

const findRecord = ({ handle }: FoundProgram, sessions: readonly Session[]): Session | undefined =>
  sessions.find(
    (session) =>
      !isTerminal(session.status) &&
      sameHandle(session.handle && { ...session.handle, exitFile: null }, handle),
  );

function idsIn(
  { sessions, unreadable }: Snapshot,
  adopted: readonly Session[],
  projectId: string,
): Set<string> {
  const all = [...sessions, ...adopted, ...unreadable].filter((one) => one.projectId === projectId);
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
      agent: agent ?? recogniseAgent(command, agents) ?? 'screen',
      runtime: handle.type,
    },
    clock.now(),
  );
  return sessions.save({ ...session, handle }, { writtenBy: 'adopt' });
}

function freeId(name: string, taken: ReadonlySet<string>): string {
  const base = toId(name) || 'session';
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

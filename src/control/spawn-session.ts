import { recogniseAgent } from '../agent/recognise-agent.js';
import { ProgramGoneError } from '../runtime/runtime-error.js';
import type { SessionHost } from '../runtime/session-host.js';
import type { Handle } from '../session/handle.js';
import { isId, sessionKey, type SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { isTerminal } from '../session/status.js';
import { InvalidIdError } from '../store/errors.js';
import { prepareProgramFiles } from '../store/prepare-program-files.js';
import type { SessionManager } from '../store/session-manager.js';
import type { ControlContext } from './control-context.js';
import { findAgent } from './find-agent.js';
import { findHost } from './find-host.js';
import { DEFAULT_KILL_GRACE_MS } from './kill-session.js';
import { newSession } from './new-session.js';
import { updateSession } from './update-session.js';

/** What is started, where, and as what it is recorded. */
export interface SpawnOptions {
  /** A name of the command's with a few letters, unless told. */
  id?: string | undefined;
  projectId?: string | undefined;
  /** Recognised by the command, unless told; else `screen`. */
  agent?: string | undefined;
  runtime?: string | undefined;
  /** argv: no shell reads it. */
  command: string[];
  /** Where the program is started; absolute. */
  workspacePath: string;
  task?: string | undefined;
}

/**
 * Records a session, then starts its program. If that can't be started, there is no record either.
 * @throws {InvalidIdError | InvalidRequestError | RuntimeError | StoreError}
 */
export async function spawnSession(context: ControlContext, options: SpawnOptions): Promise<Session> {
  const { sessions, agents, clock } = context;
  const { id, projectId, runtime = 'tmux', workspacePath, task } = options;
  if (id !== undefined && !isId(id)) throw new InvalidIdError('id', id);
  if (projectId !== undefined && !isId(projectId)) throw new InvalidIdError('project id', projectId);
  const host = findHost(runtime, context);
  const agent = options.agent ?? recogniseAgent(options.command, agents) ?? 'screen';
  const prepared = findAgent(agent, context).prepare?.(options.command);
  const session = newSession(
    {
      ...{ id, projectId, agent, runtime, workspacePath, task: task ?? null },
      command: prepared?.command ?? options.command,
      agentSession: prepared?.agentSession ?? null,
    },
    clock.now(),
  );
  const recorded = await sessions.save(session, { writtenBy: 'spawn' });
  const handle = await startProgram(recorded, host, context);
  try {
    return await noteHandle(sessions, sessionKey(recorded), handle);
  } catch (error) {
    // Without a handle on record, nobody could ever find this program again.
    await host.end(handle, { graceMs: DEFAULT_KILL_GRACE_MS });
    throw error;
  }
}

const noteHandle = (sessions: SessionManager, key: SessionKey, handle: Handle): Promise<Session> =>
  updateSession(sessions, key, {
    writtenBy: 'spawn',
    change: (fresh) => {
      if (!isTerminal(fresh.status)) return { ...fresh, handle };
      throw new ProgramGoneError(`${key} was ended while its program started: it is ${fresh.status}`);
    },
  });

async function startProgram(
  session: Session,
  host: SessionHost,
  { sessions }: ControlContext,
): Promise<Handle> {
  const key = sessionKey(session);
  try {
    const files = await prepareProgramFiles(sessions.layout, key);
    return await host.start({
      name: key,
      command: session.command,
      workspacePath: session.workspacePath ?? process.cwd(),
      env: { VITALS_SESSION: key, VITALS_HOME: sessions.home },
      ...files,
    });
  } catch (error) {
    await sessions.remove(key);
    throw error;
  }
}

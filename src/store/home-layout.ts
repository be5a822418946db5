import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { isId, parseSessionKey, type SessionKey } from '../session/session-key.js';
import { InvalidIdError } from './errors.js';

/**
 * The absolute directory that holds everything: `home` (the flag), else `$VITALS_HOME`, else
 * `session-vitals` in the state directory of the XDG Base Directory Specification.
 */
export function resolveHome({ home, env }: { home?: string | undefined; env: NodeJS.ProcessEnv }): string {
  const named = present(home) ?? present(env['VITALS_HOME']);
  return named === undefined ? join(stateDirectory(env), 'session-vitals') : resolve(named);
}

const present = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

function stateDirectory(env: NodeJS.ProcessEnv): string {
  const named = env['XDG_STATE_HOME'];
  // The specification tells programs to ignore a relative one.
  if (named !== undefined && isAbsolute(named)) return named;
  return resolve(present(env['HOME']) ?? homedir(), '.local', 'state');
}

/** What only one process at a time does to a session: write its record, or type into it. */
export type LockPurpose = 'record' | 'send';

/** Where everything lies in a home. Ids are checked before they become a path: a bad one is an `InvalidIdError`. */
export class HomeLayout {
  constructor(readonly home: string) {}

  /** Where the records lie, a directory for each project. */
  get sessionsDirectory(): string {
    return join(this.home, 'sessions');
  }

  /** Where the records of a project lie. */
  projectDirectory(projectId: string): string {
    return this.#inProject('sessions', projectId);
  }

  /** The record of a session. */
  sessionFile(key: SessionKey): string {
    return this.#file('sessions', key, '.json');
  }

  /** Where launchers write how programs ended, a directory for each project. */
  get exitsDirectory(): string {
    return join(this.home, 'exits');
  }

  /** Where the launcher writes how a session's program ended. */
  exitFile(key: SessionKey): string {
    return this.#file('exits', key, '');
  }

  /** Where a program without a screen leaves what it prints. */
  outputFile(key: SessionKey): string {
    return this.#file('output', key, '.log');
  }

  /** Where a person describes agents. */
  get agentsDirectory(): string {
    return join(this.home, 'agents');
  }

  /** Where agents' hooks leave what they said. */
  get hooksDirectory(): string {
    return join(this.home, 'hooks');
  }

  /** Where the hooks of a session's agent leave what they said last. */
  hookFile(key: SessionKey): string {
    return this.#file('hooks', key, '.json');
  }

  /** Where the notes of processes lie. */
  get rootsDirectory(): string {
    return join(this.home, 'roots');
  }

  /** Where hooks note which session a process is the root of. */
  rootFile(pid: number): string {
    return join(this.rootsDirectory, String(pid));
  }

  /** Where the locks of all sessions lie. */
  get locksDirectory(): string {
    return join(this.home, 'locks');
  }

  /** The lock that is held meanwhile. */
  lockFile(key: SessionKey, purpose: LockPurpose = 'record'): string {
    return this.#file('locks', key, purpose === 'record' ? '.lock' : `.${purpose}.lock`);
  }

  /** Where the records of a project lie once they are archived. */
  archiveDirectory(projectId: string): string {
    return this.#inProject('archive', projectId);
  }

  #file(room: string, key: SessionKey, suffix: string): string {
    const parts = parseSessionKey(key);
    if (!parts) throw new InvalidIdError('key', key);
    return join(this.#inProject(room, parts.projectId), `${parts.id}${suffix}`);
  }

  #inProject(room: string, projectId: string): string {
    if (!isId(projectId)) throw new InvalidIdError('project id', projectId);
    return join(this.home, room, projectId);
  }
}

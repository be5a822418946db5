import { ACTIVITIES, EVENT_TYPES, resolveHome, SessionManager, STATUSES, type Session } from '../../index.js';
import { SHELLS } from './scripts.js';

/** A word that may stand there, and what it is. */
export interface Candidate {
  word: string;
  description: string;
}

/** What there are words of. */
export type Kind = 'session' | 'project' | 'type' | 'status' | 'activity' | 'shell';

export interface ListKindOptions {
  /** The words that are there already. */
  given: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** All words of a kind. */
export async function listKind(kind: Kind, options: ListKindOptions): Promise<Candidate[]> {
  switch (kind) {
    case 'session':
      return nameSessions(await readSessions(options)).filter(({ word }) => !options.given.includes(word));
    case 'project': {
      const projects = new Set((await readSessions(options)).map(({ projectId }) => projectId));
      return [...projects].map((word) => ({ word, description: 'a project' }));
    }
    case 'type':
      return EVENT_TYPES.map((word) => ({ word, description: 'a type of events' }));
    case 'status':
      return STATUSES.map((word) => ({ word, description: 'a status' }));
    case 'activity':
      return ACTIVITIES.map((word) => ({ word, description: 'an activity' }));
    case 'shell':
      return SHELLS.map((word) => ({ word, description: 'a shell' }));
  }
}

async function readSessions({ given, env }: ListKindOptions): Promise<readonly Session[]> {
  const flag = given.lastIndexOf('--home');
  const home = flag < 0 ? undefined : given[flag + 1];
  return (await new SessionManager({ home: resolveHome({ home, env }) }).list()).sessions;
}

/** Each by its key, and by its id where no other project has that one. */
function nameSessions(sessions: readonly Session[]): Candidate[] {
  const counts = new Map<string, number>();
  for (const { id } of sessions) counts.set(id, (counts.get(id) ?? 0) + 1);
  return sessions.flatMap(({ id, projectId, status }) => {
    const key = { word: `${projectId}/${id}`, description: status };
    return counts.get(id) === 1 ? [{ word: id, description: status }, key] : [key];
  });
}

import {
  ACTIVITIES,
  defaultAgents,
  defaultRuntimes,
  EVENT_TYPES,
  hookedAgents,
  resolveHome,
  SCHEMA_NAMES,
  SessionManager,
  STATUSES,
  type Session,
} from '../../index.js';
import { expandWord } from './expand-word.js';
import { SHELLS } from './scripts.js';

/** A word that may stand there, and what it is. */
export interface Candidate {
  word: string;
  description: string;
}

/** Words that are the same everywhere, and what each is. */
const FIXED = {
  type: { words: EVENT_TYPES, description: 'a type of events' },
  status: { words: STATUSES, description: 'a status' },
  activity: { words: ACTIVITIES, description: 'an activity' },
  agent: { words: Object.keys(defaultAgents()), description: 'an agent' },
  hooked: { words: hookedAgents(), description: 'an agent with hooks' },
  runtime: { words: Object.keys(defaultRuntimes()), description: 'a runtime' },
  action: { words: ['install', 'remove', 'status'], description: 'what to do with hooks' },
  schema: { words: SCHEMA_NAMES, description: 'a schema' },
  shell: { words: SHELLS, description: 'a shell' },
} as const;

/** What there are words of; `types` are several types of events, with commas between them. */
export type Kind = 'session' | 'project' | 'types' | keyof typeof FIXED;

export interface ListKindOptions {
  /** The words that are there already. */
  given: readonly string[];
  /** What has been typed of the word. */
  current: string;
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
    case 'types': {
      const before = /^.*,/.exec(options.current)?.[0] ?? '';
      const free = EVENT_TYPES.filter((type) => !before.split(',').includes(type));
      return free.map((type) => ({ word: before + type, description: FIXED.type.description }));
    }
    default: {
      const { words, description } = FIXED[kind];
      return words.map((word) => ({ word, description }));
    }
  }
}

async function readSessions({ given, env }: ListKindOptions): Promise<readonly Session[]> {
  const flag = given.lastIndexOf('--home');
  const home = flag < 0 ? undefined : expandWord(given[flag + 1] ?? '', env);
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

import { basename } from 'node:path';
import { randomInt } from 'node:crypto';
import type { Session } from '../session/session.js';
import { SESSION_FORMAT } from '../session/session.js';
import { DEFAULT_PROJECT_ID } from '../session/session-key.js';

const SUFFIX_LENGTH = 4;
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** What is known of a session before it has a record. */
export interface NewSession {
  id?: string | undefined;
  projectId?: string | undefined;
  agent: string;
  agentSession?: string | null;
  runtime: string;
  command: string[];
  workspacePath: string | null;
  task?: string | null;
}

/** A record that was never written. Without an id it gets one made of the command's name and a few letters. */
export function newSession(
  { id, projectId = DEFAULT_PROJECT_ID, agentSession = null, task = null, ...rest }: NewSession,
  now: number,
): Session {
  const time = new Date(now).toISOString();
  return {
    format: SESSION_FORMAT,
    rev: 0,
    writtenBy: 'spawn',
    id: id ?? makeId(rest.command),
    projectId,
    status: 'spawning',
    activity: null,
    ...rest,
    agentSession,
    task,
    handle: null,
    branch: null,
    createdAt: time,
    updatedAt: time,
    evidence: null,
    idleSince: null,
    exit: null,
  };
}

function makeId([program = '']: string[]): string {
  const suffix = Array.from({ length: SUFFIX_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${toId(basename(program)) || 'session'}-${suffix}`;
}

/** The part of a text that can stand in an id, 48 characters at most; it may be empty. */
export const toId = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 48);

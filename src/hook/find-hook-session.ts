import { readdirSync, type Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { thisMachine } from '../process/this-machine.js';
import { errorCode } from '../session/error-code.js';
import { isId, parseSessionKey, sessionKey, type SessionKey } from '../session/session-key.js';
import { isTerminal, STATUSES } from '../session/status.js';
import type { HomeLayout } from '../store/home-layout.js';
import { parseObject } from './parse-object.js';
import { readSmallFile } from './read-small-file.js';
import { recallRoot } from './remember-root.js';

const MAX_RECORD_BYTES = 1024 * 1024;

export interface HookSessionQuery {
  layout: HomeLayout;
  /** The key that the environment names: it may have come down from a session that this is not. */
  hinted: string | undefined;
  /** The processes that the hook runs under. */
  ancestors: readonly number[];
}

/** A session, when it began, and the process that its runtime started for it, where a hook runs under that. */
export interface HookSession {
  key: SessionKey;
  createdAt: string;
  rootPid: number | null;
  /** It took a look through all records to find it. */
  isSearched: boolean;
}

/** The live session under whose program a hook runs; null if there is none. */
export function findHookSession({ layout, hinted, ancestors }: HookSessionQuery): HookSession | null {
  if (hinted !== undefined && parseSessionKey(hinted)) {
    const session = readSession(layout, hinted, ancestors);
    if (session) return session;
  }
  for (const pid of ancestors) {
    const key = recallRoot(layout, pid);
    const session = key === null ? null : readSession(layout, key, [pid]);
    if (session && session.rootPid === pid) return session;
  }
  return searchRecords(layout, ancestors);
}

/** The session of a key, if it is live and the hook runs under its program, or that has none on record yet. */
function readSession(layout: HomeLayout, key: SessionKey, ancestors: readonly number[]): HookSession | null {
  const record = parseRecord(readSmallFile(layout.sessionFile(key), MAX_RECORD_BYTES)?.text ?? '');
  const rootPid = record && findRoot(record, ancestors);
  return record && (record.handle === null || rootPid !== null)
    ? { key, createdAt: record.createdAt, rootPid, isSearched: false }
    : null;
}

function searchRecords(layout: HomeLayout, ancestors: readonly number[]): HookSession | null {
  for (const project of listNames(
    layout.sessionsDirectory,
    (entry) => entry.isDirectory() && isId(entry.name),
  )) {
    const directory = join(layout.sessionsDirectory, project);
    for (const name of listNames(directory, (entry) => entry.isFile() && entry.name.endsWith('.json'))) {
      const id = basename(name, '.json');
      const text = isId(id) ? (readSmallFile(join(directory, name), MAX_RECORD_BYTES)?.text ?? '') : '';
      // Most records are of others, which needs no parsing to see.
      const record = ancestors.some((pid) => text.includes(String(pid))) ? parseRecord(text) : null;
      const rootPid = record && findRoot(record, ancestors);
      if (record && rootPid !== null) {
        const key = sessionKey({ projectId: project, id });
        return { key, createdAt: record.createdAt, rootPid, isSearched: true };
      }
    }
  }
  return null;
}

/** As much of a live record as tells whose it is. */
interface LiveRecord {
  createdAt: string;
  handle: { bootId: unknown; pid: unknown } | null;
}

function parseRecord(text: string): LiveRecord | null {
  const fields = parseObject(text);
  if (!fields) return null;
  const { status, handle, createdAt } = fields;
  const known = STATUSES.find((name) => name === status);
  if (!known || isTerminal(known) || typeof createdAt !== 'string') return null;
  if (typeof handle !== 'object' || handle === null) return { createdAt, handle: null };
  const { bootId, panePid, pid } = handle as Record<string, unknown>;
  return { createdAt, handle: { bootId, pid: panePid ?? pid } };
}

function findRoot({ handle }: LiveRecord, ancestors: readonly number[]): number | null {
  if (handle?.bootId !== thisMachine().bootId) return null;
  return ancestors.find((pid) => pid === handle.pid) ?? null;
}

function listNames(directory: string, isWanted: (entry: Dirent) => boolean): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter(isWanted)
      .map(({ name }) => name);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}

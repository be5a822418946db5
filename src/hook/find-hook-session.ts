import { readdirSync, type Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { thisMachine } from '../process/this-machine.js';
import { errorCode } from '../session/error-code.js';
import { isId, parseSessionKey, sessionKey, type SessionKey } from '../session/session-key.js';
import { isTerminal, STATUSES } from '../session/status.js';
import type { HomeLayout } from '../store/home-layout.js';
import { readSmallFile } from './read-small-file.js';

const MAX_RECORD_BYTES = 1024 * 1024;

export interface HookSessionQuery {
  layout: HomeLayout;
  /** The key that the environment names: it may have come down from a session that this is not. */
  hinted: string | undefined;
  /** The processes that the hook runs under. */
  ancestors: readonly number[];
}

/** A session, and the process that its runtime started for it, where a hook runs under that. */
export interface HookSession {
  key: SessionKey;
  rootPid: number | null;
}

/** The live session under whose program a hook runs; null if there is none. */
export function findHookSession({ layout, hinted, ancestors }: HookSessionQuery): HookSession | null {
  if (hinted !== undefined && parseSessionKey(hinted)) {
    const record = parseRecord(readSmallFile(layout.sessionFile(hinted), MAX_RECORD_BYTES)?.text ?? '');
    const rootPid = record && findRoot(record, ancestors);
    if (record && (record.handle === null || rootPid !== null)) return { key: hinted, rootPid };
  }
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
      if (rootPid !== null) return { key: sessionKey({ projectId: project, id }), rootPid };
    }
  }
  return null;
}

/** As much of a live record as tells whose it is. */
interface LiveRecord {
  handle: { bootId: unknown; pid: unknown } | null;
}

function parseRecord(text: string): LiveRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { status, handle } = value as Record<string, unknown>;
  const known = STATUSES.find((name) => name === status);
  if (!known || isTerminal(known)) return null;
  if (typeof handle !== 'object' || handle === null) return { handle: null };
  const { bootId, panePid, pid } = handle as Record<string, unknown>;
  return { handle: { bootId, pid: panePid ?? pid } };
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

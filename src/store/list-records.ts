import type { Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { isId, sessionKey, type SessionKey } from '../session/session-key.js';
import type { UnreadableFile } from '../session/snapshot.js';
import { StoreError } from './errors.js';
import type { HomeLayout } from './home-layout.js';
import { mapConcurrently } from './map-concurrently.js';
import { inspectDirectory, readDirectory, type BadDirectory } from './read-directory.js';

/** Where a record lies, or what should be one. */
export interface RecordPlace {
  projectId: string;
  id: string;
  key: SessionKey;
  path: string;
}

/** All places of records, in no order, and what lies among them and can be none. */
export interface RecordListing {
  places: RecordPlace[];
  unreadable: UnreadableFile[];
}

const PROJECTS_AT_ONCE = 8;

/**
 * Finds the records of a home by their names; it opens none. A home without sessions is an empty one. `findPlace` gives
 * the place of a path that was found before.
 */
export async function listRecords(
  layout: HomeLayout,
  { findPlace = () => undefined }: { findPlace?: (path: string) => RecordPlace | undefined } = {},
): Promise<RecordListing> {
  const path = layout.sessionsDirectory;
  const projects = await readDirectory(path);
  if (projects.type === 'missing') return { places: [], unreadable: [] };
  if (projects.type === 'unreadable') {
    throw new StoreError(`can't list ${path}: ${projects.message}; give yourself access to it`, { path });
  }
  const listings = await mapConcurrently(projects.entries.filter(isProject), PROJECTS_AT_ONCE, (entry) =>
    listProject(join(path, entry.name), entry, findPlace),
  );
  return {
    places: listings.flatMap(({ places }) => places),
    unreadable: listings.flatMap(({ unreadable }) => unreadable),
  };
}

const isProject = (entry: Dirent): boolean => !entry.name.startsWith('.') && !entry.isFile();

const isRecord = ({ name }: Dirent): boolean => !name.startsWith('.') && name.endsWith('.json');

async function listProject(
  path: string,
  entry: Dirent,
  findPlace: (path: string) => RecordPlace | undefined,
): Promise<RecordListing> {
  const projectId = entry.name;
  if (!isId(projectId)) return only(badName(path, projectId, 'its name is no project id'));
  const project = entry.isDirectory() ? await readDirectory(path) : await inspectDirectory(path);
  if (project?.type !== 'directory') return project ? only(badProject(path, projectId, project)) : only(null);
  const places: RecordPlace[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const { name } of project.entries.filter(isRecord)) {
    const file = `${path}/${name}`;
    const place = findPlace(file) ?? placeOf(file, projectId);
    if (place) places.push(place);
    else unreadable.push(badName(file, projectId, 'its name is no id'));
  }
  return { places, unreadable };
}

function placeOf(path: string, projectId: string): RecordPlace | null {
  const id = basename(path, '.json');
  return isId(id) ? { projectId, id, key: sessionKey({ projectId, id }), path } : null;
}

const only = (unreadable: UnreadableFile | null): RecordListing => ({
  places: [],
  unreadable: unreadable ? [unreadable] : [],
});

const badName = (path: string, projectId: string, message: string): UnreadableFile => ({
  path,
  projectId,
  id: null,
  message,
  fingerprint: 'name',
});

const badProject = (path: string, projectId: string, project: BadDirectory): UnreadableFile | null =>
  project.type === 'missing'
    ? null
    : { path, projectId, id: null, message: project.message, fingerprint: project.fingerprint };

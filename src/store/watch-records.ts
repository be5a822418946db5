import { watch, type FSWatcher } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isId } from '../session/session-key.js';
import { fileFailure } from './file-failure.js';
import type { StoreError } from './errors.js';
import type { HomeLayout } from './home-layout.js';
import { makeDirectory } from './make-directory.js';

export interface WatchListener {
  /** A record may have come, changed or gone. */
  onChange: (path: string) => void;
  /** A directory can't be watched: its changes are seen by who looks. */
  onError: (error: StoreError) => void;
  /** The room that is watched, with a folder for each project; that of the records unless told. */
  root?: string;
  /** Whether a file that is changed in its place counts: what is put in place of another always does. */
  hearsChanges?: boolean;
}

/** Watches the records of a home, by one flat watch for each project; returns how to stop. */
export function watchRecords(
  layout: HomeLayout,
  { onChange, onError, root = layout.sessionsDirectory, hearsChanges = true }: WatchListener,
): () => void {
  const watchers = new Map<string, FSWatcher>();
  let isStopped = false;

  const open = (directory: string, onName: (name: string | null) => void): boolean => {
    if (isStopped || watchers.has(directory)) return false;
    try {
      const watcher = watch(directory, { persistent: false }, (event, name) => {
        if (hearsChanges || event === 'rename') onName(name);
      });
      watcher.on('error', (error) => close(directory, error));
      watchers.set(directory, watcher);
      return true;
    } catch (error) {
      onError(fileFailure('watch', directory, error));
      return false;
    }
  };
  const close = (directory: string, error?: unknown): void => {
    watchers.get(directory)?.close();
    if (watchers.delete(directory) && error !== undefined) onError(fileFailure('watch', directory, error));
  };
  const watchProject = (directory: string): void => {
    const isNew = open(directory, (name) => {
      // It was itself moved or removed: another one may take its place.
      if (name === basename(directory)) {
        close(directory);
        look();
      } else if (name === null || isRecordName(name)) onChange(join(directory, name ?? ''));
    });
    // What came before the watch was there.
    if (isNew) onChange(directory);
  };
  const findProjects = async (): Promise<void> => {
    const entries = await readdir(root, { withFileTypes: true });
    const projects = entries.filter((entry) => entry.isDirectory() && isId(entry.name));
    const present = new Set(projects.map(({ name }) => join(root, name)));
    for (const directory of watchers.keys()) {
      if (directory !== root && !present.has(directory)) close(directory);
    }
    for (const directory of present) watchProject(directory);
  };
  const look = (): void => {
    findProjects().catch((error: unknown) => {
      if (!isStopped) onError(fileFailure('watch', root, error));
    });
  };

  makeDirectory(root)
    .then(() => open(root, look))
    .then(look, onError);
  return () => {
    isStopped = true;
    for (const directory of [...watchers.keys()]) close(directory);
  };
}

/** Locks and files that are being written begin with a dot or end otherwise. */
const isRecordName = (name: string): boolean => name.endsWith('.json') && !name.startsWith('.');

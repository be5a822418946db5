import { existsSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkProcess, type KnownProcess } from '../process/check-process.js';
import { errorCode } from '../session/error-code.js';

const POLL_MS = 2;

/** How often to look for the end of a launcher that has noted its program's: it has next to nothing left to do. */
const MAX_LOOKS = 100;

/** A directory of exit files. */
interface Room {
  watcher: FSWatcher;
  /** The launchers that are followed, by the names of their exit files. */
  launchers: Map<string, KnownProcess>;
}

/**
 * Hears at once when a launched program ends, on every system: its launcher notes that in a file, in a directory that is
 * watched. A launcher that is killed notes nothing.
 */
export class ExitWatch {
  readonly #listeners = new Set<() => void>();
  readonly #rooms = new Map<string, Room>();

  /** Follows a program until it ends, by its launcher and by where that notes the end. */
  follow(exitFile: string, launcher: KnownProcess): void {
    if (this.#listeners.size === 0) return;
    const [directory, name] = [dirname(exitFile), basename(exitFile)];
    const room = this.#rooms.get(directory) ?? this.#open(directory);
    if (!room || room.launchers.get(name)?.pid === launcher.pid) return;
    room.launchers.set(name, launcher);
    // It may have ended before it could be followed.
    this.#hear(directory, name);
  }

  /** Follows a program no longer. */
  forget(exitFile: string): void {
    const directory = dirname(exitFile);
    const room = this.#rooms.get(directory);
    room?.launchers.delete(basename(exitFile));
    if (room?.launchers.size === 0) this.#close(directory);
  }

  /** Calls `onEnded` when a followed program has ended, and its launcher too; returns how to stop. */
  listen(onEnded: () => void): () => void {
    const listener = (): void => onEnded();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      for (const directory of [...this.#rooms.keys()]) this.#close(directory);
    };
  }

  #open(directory: string): Room | null {
    try {
      const watcher = watch(directory, { persistent: false }, (_event, name) => {
        if (name === basename(directory)) this.#reopen(directory);
        else if (name !== null) this.#hear(directory, name);
      });
      watcher.on('error', () => this.#close(directory));
      const room = { watcher, launchers: new Map<string, KnownProcess>() };
      this.#rooms.set(directory, room);
      return room;
    } catch (error) {
      // Without it, ends are seen at the next pass.
      if (errorCode(error) === null) throw error;
      return null;
    }
  }

  #hear(directory: string, name: string): void {
    const launcher = this.#rooms.get(directory)?.launchers.get(name);
    const exitFile = join(directory, name);
    if (!launcher || !existsSync(exitFile)) return;
    this.forget(exitFile);
    this.#hintOnceGone(launcher, MAX_LOOKS);
  }

  /** The note comes a moment before its writer ends, and nothing is proven until then. */
  #hintOnceGone(launcher: KnownProcess, looks: number): void {
    if (checkProcess(launcher).state !== 'alive') this.#hint();
    else if (looks > 0) setTimeout(() => this.#hintOnceGone(launcher, looks - 1), POLL_MS).unref();
  }

  /** The directory was itself moved or removed, or a program is called like it: who looks follows anew. */
  #reopen(directory: string): void {
    this.#close(directory);
    this.#hint();
  }

  #hint(): void {
    for (const listener of this.#listeners) listener();
  }

  #close(directory: string): void {
    this.#rooms.get(directory)?.watcher.close();
    this.#rooms.delete(directory);
  }
}

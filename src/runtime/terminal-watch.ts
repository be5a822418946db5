import { readlinkSync, watch, type FSWatcher } from 'node:fs';
import { basename } from 'node:path';
import { errorCode } from '../session/error-code.js';

const TERMINALS = '/dev/pts';

/**
 * Hears at once when a program's terminal is closed: Linux tells of it in /dev/pts, and nobody else has to be asked.
 * Where there is no such folder it hears nothing.
 */
export class TerminalWatch {
  readonly #listeners = new Set<() => void>();
  readonly #terminals = new Map<string, Map<number, string | null>>();
  #watcher: FSWatcher | null = null;

  /** Follows these processes, by pid, and goes on with those that it followed before and that are still in their group. */
  follow(group: string, pids: readonly number[], inGroup: ReadonlySet<number>): void {
    if (!this.#watcher) return;
    const followed = this.#terminals.get(group) ?? new Map<number, string | null>();
    for (const pid of followed.keys()) if (!inGroup.has(pid)) followed.delete(pid);
    for (const pid of pids) if (!followed.has(pid)) followed.set(pid, this.#find(pid));
    if (followed.size > 0) this.#terminals.set(group, followed);
    else this.#terminals.delete(group);
  }

  /** Calls `onClosed` when the terminal of a followed process is closed; returns how to stop. */
  listen(onClosed: () => void): () => void {
    const listener = (): void => onClosed();
    this.#listeners.add(listener);
    this.#watcher ??= this.#open();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#close();
    };
  }

  #find(pid: number): string | null {
    const terminal = readTerminal(pid);
    if (terminal.type === 'found') return terminal.name;
    // It ended before it could be followed.
    if (terminal.type === 'gone') this.#hint();
    return null;
  }

  #open(): FSWatcher | null {
    try {
      const watcher = watch(TERMINALS, { persistent: false }, (_event, name) => {
        if (name !== null && this.#forget(name)) this.#hint();
      });
      watcher.on('error', () => this.#close());
      return watcher;
    } catch (error) {
      // Without it, changes are seen at the next pass.
      if (errorCode(error) === null) throw error;
      return null;
    }
  }

  /** Whether a terminal was followed until now: once it is closed, its name is given to others. */
  #forget(terminal: string): boolean {
    let isFollowed = false;
    for (const [group, followed] of this.#terminals) {
      for (const [pid, name] of followed) if (name === terminal) isFollowed = followed.delete(pid);
      if (followed.size === 0) this.#terminals.delete(group);
    }
    return isFollowed;
  }

  #hint(): void {
    for (const listener of this.#listeners) listener();
  }

  #close(): void {
    this.#watcher?.close();
    this.#watcher = null;
    this.#terminals.clear();
  }
}

type Terminal = { type: 'found'; name: string } | { type: 'none' } | { type: 'gone' };

/** The terminal that a process reads from, if it has one and may be asked. */
function readTerminal(pid: number): Terminal {
  try {
    const file = readlinkSync(`/proc/${pid}/fd/0`);
    return file.startsWith(`${TERMINALS}/`) ? { type: 'found', name: basename(file) } : { type: 'none' };
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return { type: code === 'ENOENT' ? 'gone' : 'none' };
  }
}

import { watch, type FSWatcher } from 'node:fs';
import { errorCode } from '../session/error-code.js';

/** How often to look although nothing was heard: a watch may miss. */
const POLL_MS = 500;

/** Wakes who follows a directory of small files; `stop` also wakes, and for good. */
export class DirectoryWaker {
  readonly #poll: NodeJS.Timeout;
  readonly #directory: string;
  #watcher: FSWatcher | null = null;
  #isAwake = true;
  #isStopped = false;
  #wake: () => void = () => undefined;

  constructor(directory: string, { pollMs = POLL_MS }: { pollMs?: number } = {}) {
    this.#directory = directory;
    this.#listen();
    this.#poll = setInterval(() => {
      this.#listen();
      this.wake();
    }, pollMs);
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Resolves when something may have changed since this was last waited for. */
  async wait(): Promise<void> {
    if (!this.#isAwake && !this.#isStopped) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#isAwake = false;
  }

  readonly wake = (): void => {
    this.#isAwake = true;
    this.#wake();
  };

  readonly stop = (): void => {
    this.#isStopped = true;
    clearInterval(this.#poll);
    this.#watcher?.close();
    this.wake();
  };

  #listen(): void {
    if (this.#watcher) return;
    try {
      this.#watcher = watch(this.#directory, { persistent: false }, this.wake);
    } catch (error) {
      // Where it can't be watched, or not yet, the poll has to do.
      if (errorCode(error) === null) throw error;
      return;
    }
    this.#watcher.on('error', () => {
      this.#watcher?.close();
      this.#watcher = null;
    });
  }
}

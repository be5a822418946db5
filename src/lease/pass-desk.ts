import { readFileSync, rmSync } from 'node:fs';
import { checkProcess } from '../process/check-process.js';
import { errorCode } from '../session/error-code.js';
import { makeDirectory } from '../store/make-directory.js';
import { DirectoryWaker } from '../store/directory-waker.js';
import { parseHolder } from '../store/lock-holder.js';
import { requestDirectory } from './lease-layout.js';
import { answerPath, listRequests, putFile, requestPath, type PassAnswer } from './pass-request.js';

export interface PassDeskOptions {
  home: string;
  /** Makes a pass that begins after the call; null if there will be none any more. */
  onAsked: () => Promise<PassAnswer | null>;
  /** Requests could not be read or answered; it is tried again. */
  onFailure: (error: unknown) => void;
}

/** Where the holder of a lease is asked for passes: one pass answers all who asked before it began. */
export class PassDesk {
  readonly #home: string;
  readonly #onAsked: PassDeskOptions['onAsked'];
  readonly #onFailure: PassDeskOptions['onFailure'];
  readonly #waker: DirectoryWaker;
  readonly #serving: Promise<void>;

  static async open(options: PassDeskOptions): Promise<PassDesk> {
    await makeDirectory(requestDirectory(options.home));
    return new PassDesk(options);
  }

  private constructor({ home, onAsked, onFailure }: PassDeskOptions) {
    this.#home = home;
    this.#onAsked = onAsked;
    this.#onFailure = onFailure;
    // Whoever waits for one of these asks again.
    for (const name of listRequests(home).done) rmSync(answerPath(home, name), { force: true });
    this.#waker = new DirectoryWaker(requestDirectory(home));
    this.#serving = this.#serve();
  }

  /** Resolves once nobody is served any more. */
  async close(): Promise<void> {
    this.#waker.stop();
    await this.#serving;
  }

  async #serve(): Promise<void> {
    for (let isOpen = true; isOpen && !this.#waker.isStopped;) {
      try {
        isOpen = await this.#serveOnce();
      } catch (error) {
        this.#onFailure(error);
      }
      await this.#waker.wait();
    }
  }

  async #serveOnce(): Promise<boolean> {
    const asked = listRequests(this.#home).asked.filter((name) => this.#isWanted(name));
    if (asked.length === 0) return true;
    const answer = await this.#onAsked();
    if (answer) for (const name of asked) this.#reply(name, answer);
    return answer !== null;
  }

  /** Whether somebody waits for the answer; the request of who was killed is removed. */
  #isWanted(name: string): boolean {
    const path = requestPath(this.#home, name);
    try {
      const asker = parseHolder(readFileSync(path, 'utf8'));
      if (asker && checkProcess(asker).state !== 'dead') return true;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
    rmSync(path, { force: true });
    return false;
  }

  #reply(name: string, answer: PassAnswer): void {
    if (!this.#isWanted(name)) return;
    putFile(answerPath(this.#home, name), JSON.stringify(answer));
    rmSync(requestPath(this.#home, name), { force: true });
  }
}

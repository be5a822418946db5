import { TimedOutError } from './errors.js';
import { readSocketLife } from './read-socket-life.js';
import { isSpokenVersion } from './spoken-versions.js';
import { TmuxError } from './tmux-error.js';
import type { RunOptions, TmuxTransport } from './tmux-transport.js';

/** Knows whether the server at a socket can be spoken to; each life of a server is asked once, by a process. */
export class SpokenServer {
  readonly #socketPath: string;
  readonly #process: TmuxTransport;
  #life: string | null = null;
  #isSpoken = false;
  #isAsking = false;

  constructor({ socketPath, process }: { socketPath: string; process: TmuxTransport }) {
    this.#socketPath = socketPath;
    this.#process = process;
  }

  /** Whether it can be now. Rejects with a `TimedOutError` if it does not say, or with the signal's reason. */
  async check(options: Pick<RunOptions, 'signal'>): Promise<boolean> {
    const life = await readSocketLife(this.#socketPath);
    if (life !== this.#life && life !== null && !this.#isAsking) {
      this.#isAsking = true;
      try {
        await this.#ask(life, options);
      } finally {
        this.#isAsking = false;
      }
    }
    return life !== null && life === this.#life && this.#isSpoken;
  }

  /** It said what is not known: it is not to be spoken to while it lives. */
  distrust(): void {
    this.#isSpoken = false;
  }

  async #ask(life: string, options: Pick<RunOptions, 'signal'>): Promise<void> {
    try {
      const version = await this.#process.run([['display-message', '-p', '#{version}']], options);
      if ((await readSocketLife(this.#socketPath)) !== life) return;
      this.#isSpoken = isSpokenVersion(version.trim());
      this.#life = life;
    } catch (error) {
      // Of other errors, the run itself tells, which goes by a process now.
      if (!(error instanceof TmuxError) || error instanceof TimedOutError) throw error;
    }
  }
}

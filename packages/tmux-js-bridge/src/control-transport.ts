import { ControlClient } from './control-client.js';
import { formatControlLine } from './control-line.js';
import { ControlLostError } from './control-lost-error.js';
import { ControlRetry } from './control-retry.js';
import type { Hint } from './hint.js';
import { isPlainRun } from './is-plain-run.js';
import { recoverRun } from './recover-run.js';
import type { SessionIdentity } from './session-identity.js';
import { SpawnTransport, type SpawnTransportOptions } from './spawn-transport.js';
import type { RunOptions, TmuxCommand, TmuxTransport } from './tmux-transport.js';

// The argv of a process holds no more; so both ways refuse the same.
const longestLineBytes = 15_000;

/**
 * Runs commands over one connection in control mode, and each run in a process of its own while there is none, or where
 * it needs one: for text on stdin, a directory, or a server that may not run yet.
 */
export class ControlTransport implements TmuxTransport {
  readonly #options: SpawnTransportOptions;
  readonly #spawn: SpawnTransport;
  readonly #clients = new Set<ControlClient>();
  readonly #listeners = new Set<{ hear: (hint: Hint) => void }>();
  readonly #retry = new ControlRetry();
  #client: ControlClient | null = null;
  #lastClient: ControlClient | null = null;
  #state: 'idle' | 'connecting' | 'connected' | 'pausing' | 'closed' = 'idle';
  #pause: NodeJS.Timeout | undefined;
  #notBeforeMs = 0;
  #connectedAtMs = 0;

  constructor(options: SpawnTransportOptions) {
    // Each variable lengthens the moment in which tmux 3.3a crashes if a session comes or goes: while it learns who
    // connects.
    const { PATH } = options.env;
    const env = PATH === undefined ? {} : { PATH };
    this.#options = { ...options, env };
    this.#spawn = new SpawnTransport(options);
  }

  /** Whether a session is there for the connection alone. */
  owns(session: Omit<SessionIdentity, 'socketPath'>): boolean {
    return [...this.#clients, this.#lastClient].some((client) => client?.owns(session));
  }

  async run(commands: readonly TmuxCommand[], options: RunOptions): Promise<string> {
    options.signal?.throwIfAborted();
    const client = this.#client;
    if (client?.session && canCarry(commands, options)) {
      try {
        return await client.run(commands, options);
      } catch (error) {
        if (!(error instanceof ControlLostError)) throw error;
        return recoverRun(this.#spawn, commands, options, error);
      }
    }
    const output = await this.#spawn.run(commands, options);
    // Sessions are often started one after the other; the moment is not one to connect in.
    if (!options.startServer) this.#want();
    return output;
  }

  /** Tells when to look, until the function that it returns is called. */
  onHint(hear: (hint: Hint) => void): () => void {
    const listener = { hear };
    this.#listeners.add(listener);
    this.#want();
    return () => void this.#listeners.delete(listener);
  }

  /** Ends the connection and its session for good; runs go by processes from now on. */
  async close(): Promise<void> {
    this.#state = 'closed';
    this.#client = null;
    clearTimeout(this.#pause);
    this.#listeners.clear();
    await Promise.all([...this.#clients].map((client) => client.close()));
  }

  #want(): void {
    if (this.#client?.isStuck) this.#disconnect(this.#client, 'lost');
    if (this.#state !== 'idle') return;
    const pauseMs = this.#notBeforeMs - performance.now();
    if (pauseMs <= 0) void this.#connect();
    else this.#connectAfter(pauseMs);
  }

  #connectAfter(pauseMs: number): void {
    this.#state = 'pausing';
    this.#pause = setTimeout(() => void this.#connect(), pauseMs);
    this.#pause.unref();
  }

  async #connect(): Promise<void> {
    this.#state = 'connecting';
    // The end of a session is told to control clients, and tmux 3.3a crashes if one of them is only just connecting.
    await Promise.all([...this.#clients].map(({ ended }) => ended));
    if (this.#isClosed()) return;
    const client = this.#open();
    if (!client) {
      this.#pauseAfter({ type: 'unreachable' });
      return;
    }
    this.#clients.add(client);
    void client.ended.then(() => {
      this.#clients.delete(client);
      this.#lastClient = client;
    });
    const { type } = await client.attempt;
    if (this.#isClosed()) return;
    if (type !== 'attached') {
      this.#pauseAfter({ type });
    } else if (!client.session) {
      this.#pauseAfter({ type: 'lost' });
    } else {
      this.#state = 'connected';
      this.#client = client;
      this.#connectedAtMs = performance.now();
      this.#tell({ type: 'connected' });
    }
  }

  #open(): ControlClient | null {
    try {
      const client: ControlClient = new ControlClient({
        ...this.#options,
        onChange: () => {
          if (client === this.#client) this.#tell({ type: 'changed' });
        },
        onStuck: (isStuck) => {
          if (client === this.#client) this.#tell({ type: isStuck ? 'disconnected' : 'connected' });
        },
        onLeave: (reason) => this.#disconnect(client, reason),
      });
      return client;
    } catch {
      // The system is out of something. A run by a process says what; hints and speed can wait.
      return null;
    }
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #disconnect(client: ControlClient, type: 'lost' | 'unwelcome'): void {
    if (client !== this.#client) return;
    this.#client = null;
    void client.close();
    this.#pauseAfter({ type, lastedMs: performance.now() - this.#connectedAtMs });
    this.#tell({ type: 'disconnected' });
  }

  #pauseAfter(end: Parameters<ControlRetry['pauseAfter']>[0]): void {
    const { type, pauseMs } = this.#retry.pauseAfter(end);
    if (type === 'timer') {
      this.#connectAfter(pauseMs);
    } else {
      this.#state = 'idle';
      this.#notBeforeMs = performance.now() + pauseMs;
    }
  }

  // Later, so that a listener that throws or calls back harms nothing here.
  #tell(hint: Hint): void {
    for (const listener of this.#listeners) {
      queueMicrotask(() => {
        if (this.#listeners.has(listener)) listener.hear(hint);
      });
    }
  }
}

const canCarry = (commands: readonly TmuxCommand[], options: RunOptions): boolean =>
  isPlainRun(commands, options) && Buffer.byteLength(formatControlLine(commands)) <= longestLineBytes;

import { TmuxServer, type TmuxServerOptions } from 'tmux-js-bridge';

export interface TmuxConnectionsOptions extends Pick<TmuxServerOptions, 'timeoutMs'> {
  /** Whether connections are kept open while somebody listens. */
  control: boolean;
}

/** The tmux servers that are spoken to. With `control`, and while somebody listens, each has a connection that is kept open. */
export class TmuxConnections {
  readonly #options: TmuxConnectionsOptions;
  readonly #listeners = new Set<() => void>();
  readonly #kept = new Map<string, TmuxServer>();

  constructor(options: TmuxConnectionsOptions) {
    this.#options = options;
  }

  /** The server behind a socket. */
  to(socketPath: string): TmuxServer {
    if (!this.#options.control || this.#listeners.size === 0) {
      return new TmuxServer({ ...this.#options, control: false, socketPath });
    }
    const kept = this.#kept.get(socketPath) ?? this.#keep(socketPath);
    this.#kept.set(socketPath, kept);
    return kept;
  }

  /** Calls `onHint` when a server that was spoken to since has changed; returns how to stop, which ends the connections. */
  listen(onHint: () => void): () => Promise<void> {
    const listener = (): void => onHint();
    this.#listeners.add(listener);
    return async () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      const open = [...this.#kept.values()];
      this.#kept.clear();
      await Promise.all(open.map((server) => server.close()));
    };
  }

  #keep(socketPath: string): TmuxServer {
    const server = new TmuxServer({ ...this.#options, socketPath });
    server.onHint(() => {
      for (const listener of this.#listeners) listener();
    });
    return server;
  }
}

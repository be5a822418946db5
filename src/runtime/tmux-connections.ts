import { TmuxServer, type TmuxServerOptions } from 'tmux-js-bridge';

export interface TmuxConnectionsOptions extends Pick<TmuxServerOptions, 'timeoutMs'> {
  /** Whether connections in control mode are kept open while somebody listens. */
  control: boolean;
}

/**
 * The tmux servers that are spoken to. With `control`, and while somebody listens, each has a connection that is kept
 * open.
 */
export class TmuxConnections {
  readonly #hasControl: boolean;
  readonly #options: Pick<TmuxServerOptions, 'timeoutMs'>;
  // They remember how a server can be spoken to.
  readonly #servers = new Map<string, TmuxServer>();
  readonly #listeners = new Set<() => void>();
  readonly #kept = new Map<string, TmuxServer>();

  constructor({ control, ...options }: TmuxConnectionsOptions) {
    this.#hasControl = control;
    this.#options = options;
  }

  /** The server behind a socket. */
  to(socketPath: string): TmuxServer {
    if (!this.#hasControl || this.#listeners.size === 0) {
      const server = this.#servers.get(socketPath) ?? new TmuxServer({ ...this.#options, socketPath });
      this.#servers.set(socketPath, server);
      return server;
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
    const server = new TmuxServer({ ...this.#options, transport: 'control', socketPath });
    server.onHint(() => {
      for (const listener of this.#listeners) listener();
    });
    return server;
  }
}

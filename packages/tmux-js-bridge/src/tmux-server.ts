import { resolve } from 'node:path';

import { capturePane, captureScreen, type CaptureOptions, type PaneScreen } from './capture-pane.js';
import { checkSessionId } from './check-target.js';
import { ControlTransport } from './control-transport.js';
import { createSession, type NewSession, type SessionSpec } from './create-session.js';
import { defaultSocketPath } from './default-socket-path.js';
import type { Hint } from './hint.js';
import type { PaneTarget } from './pane-target.js';
import type { Pane, PaneDetails } from './pane.js';
import { pasteText, typeKeys, type PasteOptions } from './paste-text.js';
import { prepareSocket } from './prepare-socket.js';
import { queryPanes, type PaneQuery } from './query-panes.js';
import { paneDetailsFormats, paneFormats, readPane, readPaneDetails } from './read-pane.js';
import { runGuarded } from './run-guarded.js';
import type { ServerIdentity } from './server-identity.js';
import { SocketTransport } from './socket-transport.js';
import { SpawnTransport } from './spawn-transport.js';
import type { TmuxTransport } from './tmux-transport.js';

const defaultTimeoutMs = 5_000;

export interface TmuxServerOptions {
  /** The socket; by default the one that tmux itself would choose in `env`. */
  socketPath?: string;
  /** How long a call may take before its tmux client is ended; 5,000 by default. */
  timeoutMs?: number;
  /** The tmux program; by default the `tmux` on the `PATH` of `env`. */
  tmuxPath?: string;
  /** The environment of the tmux clients, which a server that they start inherits; by default this process's. */
  env?: NodeJS.ProcessEnv;
  /**
   * How calls reach the server. `socket`, the default: over its socket, without a process, where its version is one whose
   * messages are known (else as `process`). `process`: by a tmux process each. `control`: over one connection in control
   * mode (tmux 3.2 or newer), which gives hints; it needs a session of its own on the server, `_vitals-<pid>-…`, and
   * ends with `close` or this process.
   */
  transport?: 'socket' | 'control' | 'process';
}

export interface CallOptions {
  /** Ends the tmux client; the call then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What one look showed. `server` is null for a server without sessions that is too old to name itself then. */
export interface PaneListing<T> {
  server: ServerIdentity | null;
  panes: T[];
}

/** A session that was just started, as its ids. */
export interface CreatedSession extends NewSession {
  server: ServerIdentity;
}

/** One tmux server, known by its socket. Every call that fails rejects with a `TmuxError`. */
export class TmuxServer {
  readonly socketPath: string;
  readonly #tmuxPath: string;
  readonly #control: ControlTransport | null;
  readonly #transport: TmuxTransport;
  readonly #reader: TmuxTransport;

  constructor({
    env = process.env,
    socketPath = defaultSocketPath(env),
    timeoutMs = defaultTimeoutMs,
    tmuxPath = 'tmux',
    transport = 'socket',
  }: TmuxServerOptions = {}) {
    // tmux clients run in other directories than this process.
    this.socketPath = resolve(socketPath);
    this.#tmuxPath = tmuxPath;
    const options = { socketPath: this.socketPath, timeoutMs, tmuxPath, env };
    this.#control = transport === 'control' ? new ControlTransport(options) : null;
    this.#transport =
      this.#control ?? new (transport === 'socket' ? SocketTransport : SpawnTransport)(options);
    this.#reader = {
      run: (commands, how) => this.#transport.run(commands, { ...how, isRepeatable: true }),
    };
  }

  /**
   * Every pane of the server, by one query, save that of this connection's own session. A server without sessions has
   * none; that is no error.
   */
  async listPanes(options: CallOptions = {}): Promise<PaneListing<Pane>> {
    return this.#query({ ...options, formats: paneFormats, readPane });
  }

  /** Every pane with names, places, commands and directories; several times dearer than `listPanes`. */
  async describePanes(options: CallOptions = {}): Promise<PaneListing<PaneDetails>> {
    return this.#query({ ...options, formats: paneDetailsFormats, readPane: readPaneDetails });
  }

  /** Starts a program in a new detached session, and the server first if none runs. */
  async createSession(spec: SessionSpec): Promise<CreatedSession> {
    await prepareSocket(this.socketPath);
    const created = await createSession(this.#transport, spec);
    return { ...created, server: this.#identify(created.server) };
  }

  /**
   * Writes text to a pane's program byte for byte, as a bracketed paste if the program asked for those, and with
   * `submit` the Enter key after it. Resolves when tmux has taken it, which may be before the program has read it.
   */
  async pasteText(target: PaneTarget, text: string, options: PasteOptions): Promise<void> {
    await pasteText(this.#transport, target, text, options);
  }

  /** Ends a pane: its program gets SIGHUP, and its window, session and server end with their last pane. */
  async killPane(target: PaneTarget, options: CallOptions = {}): Promise<void> {
    const act = ['kill-pane', '-t', target.paneId] as const;
    await runGuarded(this.#transport, { ...options, command: 'kill-pane', target, act: [act] });
  }

  /** The text that a pane shows, without the blank lines at its end. */
  async capturePane(target: PaneTarget, options: CaptureOptions = {}): Promise<string> {
    return capturePane(this.#reader, target, options);
  }

  /** What a pane shows at this instant: its rows with their styles, its cursor and its size. */
  async captureScreen(target: PaneTarget, options: CallOptions = {}): Promise<PaneScreen> {
    return captureScreen(this.#reader, target, options);
  }

  /** Writes bytes to a pane's program as keys do, such as `\x1b[B` for Down: never as a bracketed paste. */
  async typeKeys(target: PaneTarget, keys: string, options: CallOptions = {}): Promise<void> {
    await typeKeys(this.#transport, target, keys, options);
  }

  /** Takes back the bells, activity and silence alerts of all windows of the pane's session. */
  async clearAlerts(target: PaneTarget, options: CallOptions = {}): Promise<void> {
    // With -C it kills nothing; source: tmux(1), checked on 3.3a.
    const act = ['kill-session', '-C', '-t', target.sessionId ?? target.paneId] as const;
    await runGuarded(this.#transport, { ...options, command: 'kill-session', target, act: [act] });
  }

  /** The command that shows a session (`$3`) on a person's terminal; tmux refuses it where `TMUX` is set. */
  attachCommand(sessionId: string): string[] {
    checkSessionId(sessionId, { command: 'attach-session' });
    return [this.#tmuxPath, '-u', '-S', this.socketPath, 'attach-session', '-t', sessionId];
  }

  /**
   * Calls `listener` when there is a reason to look; returns how to stop that. Only `control` has any.
   * Panes that end and leave their window, bells and output give no hint. Listening keeps no process alive.
   */
  onHint(listener: (hint: Hint) => void): () => void {
    return this.#control?.onHint(listener) ?? (() => undefined);
  }

  /** Ends the connection of `control` and its session, and the hints; calls go on working, by a process each. */
  async close(): Promise<void> {
    await this.#control?.close();
  }

  async #query<T extends Pane>(query: PaneQuery<T>): Promise<PaneListing<T>> {
    const { server, panes } = await queryPanes(this.#reader, query);
    return {
      server: server && this.#identify(server),
      panes: panes.filter(({ sessionId }) => !(server && this.#control?.owns({ ...server, sessionId }))),
    };
  }

  #identify(server: { pid: number; startTime: number }): ServerIdentity {
    return { socketPath: this.socketPath, ...server };
  }
}

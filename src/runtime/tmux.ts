import { NoServerError, NoSocketError, TmuxError, TmuxServer, type Pane } from 'tmux-js-bridge';
import { endProcessTree } from '../process/end-process-tree.js';
import { systemClock } from '../process/system-clock.js';
import type { Clock } from '../session/clock.js';
import type { Finding } from '../session/finding.js';
import type { Handle } from '../session/handle.js';
import { findProgram } from './find-program.js';
import { gatherLooks } from './gather-looks.js';
import { launch } from './launcher.js';
import { listProcessesOnce } from './list-processes-once.js';
import { NotEndedError, ProgramGoneError } from './runtime-error.js';
import type { RuntimeView, TerminalScreen } from './runtime.js';
import type { FoundProgram, Program, SessionHost } from './session-host.js';
import { askForPanes } from './tmux-answer.js';
import { asRuntimeError } from './tmux-as-runtime-error.js';
import { diagnoseTmux } from './tmux-finding.js';
import { foundPrograms } from './tmux-found-programs.js';
import { paneProcess, parseTmuxHandle, tmuxHandle, type TmuxHandle } from './tmux-handle.js';
import { TerminalWatch } from './terminal-watch.js';
import { TmuxConnections } from './tmux-connections.js';
import { deliver } from './tmux-deliver.js';
import { paneTarget } from './tmux-pane-target.js';
import { sessionsOfPane } from './tmux-sessions-of-pane.js';
import { lookAtPane, lookAtProcess, type TmuxLook } from './tmux-view.js';

/** Sessions of this prefix are tmux-js-bridge's own. */
const OWN_PREFIX = '_vitals-';

const DEFAULT_TIMEOUT_MS = 4_000;

/** How the tmux server is reached; all of it has defaults. */
export interface TmuxRuntimeOptions {
  /** The server that programs are started and found on; by default the one that tmux itself would choose. */
  socketPath?: string | undefined;
  /** How long tmux may take to answer; 4,000 ms unless told, so that it is done before a probe's time is up. */
  timeoutMs?: number;
  /**
   * Keep a connection in tmux's control mode open to each server while hints are listened to: adopted panes are then
   * heard on every system. Off unless told: on tmux 3.3a, a session that starts or ends
   * in the very instant of the connecting can crash the server (see the README of tmux-js-bridge).
   */
  control?: boolean;
  clock?: Clock;
}

/** Runs programs in tmux, each in a session of its own, and finds them by tmux's ids alone. */
export class TmuxRuntime implements SessionHost {
  readonly #connections: TmuxConnections;
  readonly #terminals = new TerminalWatch();
  readonly #server: TmuxServer;
  readonly #clock: Clock;

  constructor({
    socketPath,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    control = false,
    clock = systemClock,
  }: TmuxRuntimeOptions = {}) {
    this.#connections = new TmuxConnections({ timeoutMs, control });
    this.#server = new TmuxServer({ timeoutMs, ...(socketPath === undefined ? {} : { socketPath }) });
    this.#clock = clock;
  }

  serverOf(handle: Handle): string {
    const { socket, serverPid, serverStart } = parseTmuxHandle(handle);
    return `tmux:${socket}:${serverPid}:${serverStart}`;
  }

  async observe(handles: Handle[], { signal }: { signal: AbortSignal }): Promise<RuntimeView> {
    const observedAt = new Date(this.#clock.now()).toISOString();
    const parsed = handles.map(parseTmuxHandle);
    const [first] = parsed;
    const answer = first && (await askForPanes(this.#connect(first), first, { signal }));
    const options = { observedAt, list: listProcessesOnce() };
    const lookOf = await gatherLooks(parsed, (handle) =>
      answer?.type === 'panes'
        ? lookAtPane(handle, answer.panes.get(handle.paneId), options)
        : lookAtProcess(handle, options),
    );
    if (answer?.type === 'panes') this.#follow(parsed, answer.panes);
    const find = (handle: Handle): TmuxLook => lookOf(parseTmuxHandle(handle));
    return {
      liveness: (handle) => find(handle).liveness,
      signs: (handle) => find(handle).signs,
      process: (handle) => paneProcess(parseTmuxHandle(handle)),
      capture: (handle) => this.#capture(parseTmuxHandle(handle)),
      screen: (handle) => this.#screen(parseTmuxHandle(handle)),
      ...(first &&
        answer?.type === 'outage' && { outage: { server: this.serverOf(first), message: answer.message } }),
    };
  }

  hint(onHint: () => void): () => Promise<void> {
    const stopWatching = this.#terminals.listen(onHint);
    const stopListening = this.#connections.listen(onHint);
    return async () => {
      stopWatching();
      await stopListening();
    };
  }

  /** Starts a program in a detached tmux session of this name. @throws {RuntimeError} */
  async start({ name, command, workspacePath, env, exitFile }: Program): Promise<Handle> {
    const path = process.env['PATH'];
    const [first = '', ...parameters] = command;
    const program = findProgram(first, { cwd: workspacePath, path });
    const created = await asRuntimeError(() =>
      this.#server.createSession({
        name,
        command: launch([program, ...parameters], exitFile),
        cwd: workspacePath,
        // A server that runs already has another PATH than the one who spawns.
        env: { ...(path === undefined ? {} : { PATH: path }), ...env },
      }),
    );
    return tmuxHandle({ ...created, exitFile });
  }

  async send(handle: Handle, text: string, { submit }: { submit: boolean }): Promise<void> {
    const parsed = parseTmuxHandle(handle);
    const server = this.#connect(parsed);
    await asRuntimeError(() => deliver(server, parsed, text, { submit }));
  }

  async type(handle: Handle, keys: string): Promise<void> {
    const parsed = parseTmuxHandle(handle);
    await asRuntimeError(() => this.#connect(parsed).typeKeys(paneTarget(parsed), keys));
  }

  async end(handle: Handle, { graceMs }: { graceMs: number }): Promise<void> {
    const parsed = parseTmuxHandle(handle);
    const server = this.#connect(parsed);
    const isGone = await endProcessTree(paneProcess(parsed), {
      graceMs,
      asksRoot: parsed.exitFile === null,
      closeRoot: () => closePane(server, parsed),
    });
    if (!isGone) throw NotEndedError.ofProcess(parsed.panePid);
  }

  async attachCommand(handle: Handle): Promise<string[]> {
    const parsed = parseTmuxHandle(handle);
    const server = this.#connect(parsed);
    const sessionIds = await asRuntimeError(() => sessionsOfPane(server, parsed));
    const sessionId = sessionIds.includes(parsed.sessionId) ? parsed.sessionId : sessionIds[0];
    if (sessionId === undefined) throw new ProgramGoneError('its pane is gone');
    const [command = '', ...args] = server.attachCommand(sessionId);
    // From inside tmux: the same server switches its client, and another one must not know.
    if (process.env['TMUX']?.startsWith(`${parsed.socket},`)) {
      return [command, '-u', '-S', parsed.socket, 'switch-client', '-t', sessionId];
    }
    return ['env', '-u', 'TMUX', command, ...args];
  }

  async find(): Promise<FoundProgram[]> {
    return asRuntimeError(async () => {
      try {
        return foundPrograms(await this.#server.describePanes(), { ownPrefix: OWN_PREFIX });
      } catch (error) {
        if (error instanceof NoServerError || error instanceof NoSocketError) return [];
        throw error;
      }
    });
  }

  async diagnose(): Promise<Finding[]> {
    return diagnoseTmux(this.#server);
  }

  /** Listens for the end of the programs that are there, these and those that were asked about before. */
  #follow(handles: readonly TmuxHandle[], panes: ReadonlyMap<string, Pane>): void {
    const [first] = handles;
    if (!first) return;
    const running = new Set<number>();
    for (const { isDead, panePid } of panes.values()) if (!isDead) running.add(panePid);
    const pids = handles.map(({ panePid }) => panePid).filter((pid) => running.has(pid));
    this.#terminals.follow(this.serverOf(first), pids, running);
  }

  #connect({ socket }: TmuxHandle): TmuxServer {
    return this.#connections.to(socket);
  }

  #capture(handle: TmuxHandle): Promise<string> {
    return asRuntimeError(() => this.#connect(handle).capturePane(paneTarget(handle)));
  }

  #screen(handle: TmuxHandle): Promise<TerminalScreen> {
    return asRuntimeError(() => this.#connect(handle).captureScreen(paneTarget(handle)));
  }
}

/** Closes a program's pane where its server can be asked to; SIGKILL, which comes next, needs none. */
async function closePane(server: TmuxServer, handle: TmuxHandle): Promise<void> {
  try {
    // Another program may have been started in it since.
    const isShown = (await sessionsOfPane(server, handle)).length > 0;
    if (isShown) await server.killPane(paneTarget(handle));
  } catch (error) {
    if (!(error instanceof TmuxError)) throw error;
  }
}

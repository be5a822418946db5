import { askSocket } from './ask-socket.js';
import { TimedOutError } from './errors.js';
import { formatRequest } from './format-request.js';
import { isPlainRun } from './is-plain-run.js';
import { recogniseError } from './recognise-error.js';
import { recoverRun } from './recover-run.js';
import { SocketFailure } from './socket-failure.js';
import { SpawnTransport, type SpawnTransportOptions } from './spawn-transport.js';
import { SpokenServer } from './spoken-server.js';
import { nameCommands, type RunOptions, type TmuxCommand, type TmuxTransport } from './tmux-transport.js';

/**
 * Runs commands over the server's socket as the `tmux` program would, by the same messages and without the program; each
 * over a connection of its own. A run goes by a process where it wants something of its client, where the server's
 * version is not one whose messages are known, and where the socket gives no answer.
 */
export class SocketTransport implements TmuxTransport {
  readonly #options: SpawnTransportOptions;
  readonly #process: SpawnTransport;
  readonly #server: SpokenServer;

  constructor(options: SpawnTransportOptions) {
    this.#options = options;
    this.#process = new SpawnTransport(options);
    this.#server = new SpokenServer({ socketPath: options.socketPath, process: this.#process });
  }

  async run(commands: readonly TmuxCommand[], options: RunOptions): Promise<string> {
    options.signal?.throwIfAborted();
    const request = isPlainRun(commands, options) ? formatRequest(commands) : null;
    if (!request || !(await this.#canSpeak(commands, options))) return this.#process.run(commands, options);
    try {
      return await this.#ask(request, commands, options);
    } catch (error) {
      if (!(error instanceof SocketFailure)) throw error;
      if (error.type === 'not_sent') return this.#process.run(commands, options);
      if (error.type === 'surprise') this.#server.distrust();
      return recoverRun(this.#process, commands, options, error);
    }
  }

  async #canSpeak(commands: readonly TmuxCommand[], { signal }: RunOptions): Promise<boolean> {
    try {
      return await this.#server.check(signal ? { signal } : {});
    } catch (error) {
      if (!(error instanceof TimedOutError)) throw error;
      const problem = `no answer within ${this.#options.timeoutMs} ms`;
      throw new TimedOutError(problem, { command: nameCommands(commands), cause: error });
    }
  }

  async #ask(request: Buffer, commands: readonly TmuxCommand[], { signal }: RunOptions): Promise<string> {
    const command = nameCommands(commands);
    const { socketPath, timeoutMs } = this.#options;
    const answer = await askSocket({ request, command, socketPath, timeoutMs, ...(signal && { signal }) });
    const { stdout, stderr, exitCode } = answer;
    const error = recogniseError({ command, stderr, output: stdout, exitCode });
    if (error) throw error;
    return stdout;
  }
}

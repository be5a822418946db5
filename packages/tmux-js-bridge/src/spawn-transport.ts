import { CommandTooLongError, NotInstalledError, RefusedError, TimedOutError } from './errors.js';
import { joinCommands } from './join-commands.js';
import { recogniseError } from './recognise-error.js';
import { runProcess, type ProcessResult } from './run-process.js';
import type { TmuxError } from './tmux-error.js';
import { nameCommands, type RunOptions, type TmuxCommand, type TmuxTransport } from './tmux-transport.js';

export interface SpawnTransportOptions {
  tmuxPath: string;
  socketPath: string;
  timeoutMs: number;
  env: NodeJS.ProcessEnv;
}

/** Runs each set of commands in a tmux process of its own. */
export class SpawnTransport implements TmuxTransport {
  readonly #options: SpawnTransportOptions;

  constructor(options: SpawnTransportOptions) {
    const env = { ...options.env };
    delete env['TMUX'];
    delete env['TMUX_PANE'];
    this.#options = { ...options, env };
  }

  async run(commands: readonly TmuxCommand[], options: RunOptions): Promise<string> {
    const command = nameCommands(commands);
    options.signal?.throwIfAborted();
    const { stdout, stderr, exitCode, stoppedBy } = await this.#spawn(commands, options);
    if (stoppedBy === 'signal') options.signal?.throwIfAborted();
    if (stoppedBy === 'timeout') {
      throw new TimedOutError(`no answer within ${this.#options.timeoutMs} ms`, { command, stderr });
    }
    const error = recogniseError({ command, stderr, output: stdout, exitCode });
    if (error) throw error;
    return stdout;
  }

  async #spawn(
    commands: readonly TmuxCommand[],
    { startServer = false, ...options }: RunOptions,
  ): Promise<ProcessResult> {
    const { tmuxPath, socketPath, ...limits } = this.#options;
    // Without -u, tmux turns whatever is not ASCII into `_`; without -N, some commands start a server.
    const args = ['-u', ...(startServer ? [] : ['-N']), '-S', socketPath, ...joinCommands(commands)];
    try {
      return await runProcess(tmuxPath, args, { ...limits, ...options });
    } catch (cause) {
      throw describeSpawnFailure(cause, { tmuxPath, command: nameCommands(commands) });
    }
  }
}

function describeSpawnFailure(
  cause: unknown,
  { tmuxPath, command }: { tmuxPath: string; command: string },
): TmuxError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  if (code === 'ENOENT') return new NotInstalledError(`${tmuxPath} is not there`, { command, cause });
  if (code === 'E2BIG') return new CommandTooLongError('command too long', { command, cause });
  return new RefusedError(`${tmuxPath} could not be started: ${code}`, { command, cause });
}

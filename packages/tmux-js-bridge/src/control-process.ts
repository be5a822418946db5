import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';

const longestStderr = 10_000;

export interface ControlProcessOptions {
  tmuxPath: string;
  socketPath: string;
  env: NodeJS.ProcessEnv;
  /** The first command. */
  args: readonly string[];
  onData: (piece: Buffer) => void;
}

/** How a control client ended: `cause` if it could not be started. */
export interface ControlProcessEnd {
  stderr: string;
  wasKilled: boolean;
  cause?: Error;
}

/** A `tmux -C` that starts no server. It keeps no process alive: not its owner, and not itself without its owner. */
export class ControlProcess {
  readonly ended: Promise<ControlProcessEnd>;
  readonly #child: ChildProcess;

  constructor({ tmuxPath, socketPath, env, args, onData }: ControlProcessOptions) {
    const child: ChildProcess = spawn(tmuxPath, ['-u', '-N', '-C', '-S', socketPath, ...args], {
      env,
      // The session would hold on to any other directory.
      cwd: '/',
      // A Ctrl-C or Ctrl-Z is meant for the owner, who closes it in order.
      detached: true,
      stdio: 'pipe',
    });
    this.#child = child;
    let stderr = '';
    this.ended = new Promise((resolve) => {
      child.on('close', (_, signal) => resolve({ stderr, wasKilled: signal !== null }));
      child.on('error', (cause) => {
        if (child.pid === undefined) resolve({ stderr, wasKilled: false, cause });
      });
    });
    // There are no streams when the system is out of descriptors. Always drained: what nobody reads, the server keeps.
    child.stdout?.on('data', onData);
    child.stderr?.on('data', (piece: Buffer) => {
      stderr += piece.toString().slice(0, longestStderr - stderr.length);
    });
    // A write to a client that is gone tells nothing that its end does not.
    child.stdin?.on('error', () => undefined);
    child.unref();
    for (const stream of this.#streams) if (stream instanceof Socket) stream.unref();
  }

  write(line: string): void {
    if (this.#child.stdin?.writable) this.#child.stdin.write(line);
  }

  /** Closes its stdin, which ends it; kills it if that takes longer than `graceMs`, or at once if that is 0. */
  async end({ graceMs }: { graceMs: number }): Promise<void> {
    const timer = graceMs > 0 ? setTimeout(() => this.#kill(), graceMs) : undefined;
    if (timer) this.#child.stdin?.end();
    else this.#kill();
    await this.ended;
    clearTimeout(timer);
  }

  get #streams() {
    return [this.#child.stdin, this.#child.stdout, this.#child.stderr];
  }

  #kill(): void {
    this.#child.kill('SIGKILL');
    // Something else may hold the other ends, and `close` waits for them.
    for (const stream of this.#streams) stream?.destroy();
  }
}

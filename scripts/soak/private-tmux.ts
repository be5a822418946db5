import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A tmux server of the soak's own: whoever first starts something on its socket starts it. */
export class PrivateTmux {
  readonly socketPath: string;

  constructor(directory: string) {
    this.socketPath = join(directory, 'tmux');
  }

  async run(...args: string[]): Promise<string> {
    const { stdout } = await run('tmux', ['-u', '-f', '/dev/null', '-S', this.socketPath, ...args]);
    return stdout.trim();
  }

  /** Ends the server with all that runs in it: as it should be, or killed where it stands. */
  async end({ isKilled = false }: { isKilled?: boolean } = {}): Promise<void> {
    const pid = Number(await this.run('display-message', '-p', '#{pid}').catch(() => '0'));
    // Nobody runs there.
    if (pid === 0) return;
    if (isKilled) process.kill(pid, 'SIGKILL');
    else await this.run('kill-server');
  }
}

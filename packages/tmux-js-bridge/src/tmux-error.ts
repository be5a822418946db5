export interface TmuxErrorOptions {
  command: string;
  stderr?: string;
  output?: string;
  cause?: unknown;
}

/** Whatever goes wrong with tmux: the subcommands that were asked for, and what tmux said. */
export class TmuxError extends Error {
  /** The subcommand; several that went together are joined by ` ; `. */
  readonly command: string;
  readonly stderr: string;
  /** What tmux printed before it failed. */
  readonly output: string;

  constructor(problem: string, { command, stderr = '', output = '', cause }: TmuxErrorOptions) {
    super(`tmux ${command}: ${problem}`, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.command = command;
    this.stderr = stderr;
    this.output = output;
  }
}

/** One tmux command and its arguments, each of them data: quoting is the transport's business. */
export type TmuxCommand = readonly [name: string, ...args: string[]];

export interface RunOptions {
  /** What the commands read as `-`. */
  stdin?: string;
  /** Start the server if none runs. A transport that rides on a running server may hand such a run to a process. */
  startServer?: boolean;
  /** The directory that new panes start in. */
  cwd?: string;
  /** To do it twice is to do it once; so it may be run again when its answer is lost. */
  isRepeatable?: boolean;
  signal?: AbortSignal;
}

/** Carries commands to one tmux server. */
export interface TmuxTransport {
  /**
   * Runs the commands in order, none of them after one that fails, and resolves to what they print.
   * Rejects with a `TmuxError`, or with the signal's reason.
   */
  run(commands: readonly TmuxCommand[], options: RunOptions): Promise<string>;
}

/** How errors call a run. */
export const nameCommands = (commands: readonly TmuxCommand[]): string =>
  commands.map(([name]) => name).join(' ; ');

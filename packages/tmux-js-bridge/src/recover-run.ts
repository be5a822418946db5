import { UnexpectedReplyError } from './errors.js';
import { nameCommands, type RunOptions, type TmuxCommand, type TmuxTransport } from './tmux-transport.js';

/** Finds out, by a transport that is sure, what a run whose answer was lost has come to. */
export async function recoverRun(
  sure: TmuxTransport,
  commands: readonly TmuxCommand[],
  options: RunOptions,
  cause: Error,
): Promise<string> {
  if (options.isRepeatable) return sure.run(commands, options);
  // Rejects if the server is gone, which says more.
  await sure.run([['display-message', '-p', '']], options);
  const command = nameCommands(commands);
  throw new UnexpectedReplyError('it is not known whether it was done', { command, cause });
}

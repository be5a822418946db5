import {
  CommandTooLongError,
  InvalidArgumentError,
  NameTakenError,
  NoServerError,
  NoSocketError,
  NotFoundError,
  RefusedError,
} from './errors.js';
import { TmuxError } from './tmux-error.js';

const longestProblem = 500;

// In tmux 3.3a's words, which no locale changes.
const known: [RegExp, typeof TmuxError][] = [
  [/^(command|arguments?) too long/m, CommandTooLongError],
  [/^(no server running on |server exited|lost server)/m, NoServerError],
  [/^error connecting to .* \((No such file or directory|Not a directory)\)$/m, NoSocketError],
  [/^error (connecting to|creating) .* \(File name too long\)$/m, InvalidArgumentError],
  [/^(error connecting to|error creating|couldn't (create|read) directory) /m, RefusedError],
  [/^access not allowed|^directory .* has unsafe permissions|^create \w+ failed/m, RefusedError],
  [/^(fork failed|can't create socket|.*: Too many open files|.*: Permission denied)/m, RefusedError],
  [/^duplicate session: /m, NameTakenError],
  [/^(can't find (pane|window|session)|no current target|no sessions)/m, NotFoundError],
];

/** The error that tmux's own words and exit code mean; null when it succeeded. */
export function recogniseError({
  command,
  stderr,
  output,
  exitCode,
}: {
  command: string;
  stderr: string;
  output: string;
  exitCode: number | null;
}): TmuxError | null {
  const options = { command, stderr, output };
  const problem = stderr.trim().slice(0, longestProblem);
  // tmux exits 0 after some refusals (`access not allowed`, `error creating`), so its words come first.
  const kind = known.find(([words]) => words.test(stderr))?.[1];
  if (kind) return new kind(problem, options);
  if (exitCode === 0) return null;
  return new TmuxError(problem || `ended with ${exitCode ?? 'a signal'}`, options);
}

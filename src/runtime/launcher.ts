/** What a launcher calls itself, so that it is known among the processes. */
export const LAUNCHER_NAME = 'vitals-launcher';

/**
 * Runs the program it is given, and then notes its exit status: $1 is the file, the rest is the program's argv.
 * It traps the terminal's signals, or it would end with the program's first Ctrl-C; it does not ignore them, since
 * the program would inherit that. It does not trap a hang-up: the system passes that on to the program when it ends.
 */
const SCRIPT = `trap : INT QUIT
exit_file=$1
shift
"$@"
code=$?
umask 077
printf '%s\\n' "$code" >"$exit_file.$$" && mv -f "$exit_file.$$" "$exit_file"
exit "$code"`;

/** The command that runs `command` and writes its exit status to `exitFile`, atomically, when it has ended. */
export const launch = (command: readonly string[], exitFile: string): string[] => [
  '/bin/sh',
  '-c',
  SCRIPT,
  LAUNCHER_NAME,
  exitFile,
  ...command,
];

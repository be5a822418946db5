import type { RunOptions, TmuxCommand } from './tmux-transport.js';

// Others may keep later commands waiting, move the client, or want its terminal, files or environment.
// `if-shell -F` starts no shell.
const plain = new Set([
  ...['capture-pane', 'display-message', 'if-shell', 'list-panes', 'list-sessions', 'list-windows'],
  ...['set-option', 'show-environment', 'show-options'],
]);

/** Whether a run wants nothing of its client: no text, no directory, no server to be started. */
export function isPlainRun(
  commands: readonly TmuxCommand[],
  { startServer = false, stdin, cwd }: RunOptions,
): boolean {
  if (commands.length === 0 || startServer || stdin !== undefined || cwd !== undefined) return false;
  return commands.every(([name, flag]) => plain.has(name) && (name !== 'if-shell' || flag === '-F'));
}

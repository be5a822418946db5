import type { Clock } from '../session/clock.js';
import { ProcessRuntime } from './process.js';
import type { SessionHost } from './session-host.js';
import { TmuxRuntime } from './tmux.js';

/** The runtimes that come with the package, by the name that records have. */
export const defaultRuntimes = (
  options: { clock?: Clock; socketPath?: string | undefined } = {},
): Record<'tmux' | 'process', SessionHost> => ({
  tmux: new TmuxRuntime(options),
  process: new ProcessRuntime(options),
});

import type { PaneTarget } from 'tmux-js-bridge';
import type { TmuxHandle } from './tmux-handle.js';

/** A handle's pane, as the bridge is told of it. */
export const paneTarget = ({ serverPid, serverStart, paneId }: TmuxHandle): PaneTarget => ({
  server: { pid: serverPid, startTime: serverStart },
  paneId,
});

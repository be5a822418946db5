import type { TmuxServer } from 'tmux-js-bridge';
import type { TmuxHandle } from './tmux-handle.js';

/**
 * The ids of the sessions that show a program's pane at this moment: a pane may have been moved, or be shown by several.
 * None if the pane is gone, or holds another program by now.
 */
export async function sessionsOfPane(
  server: TmuxServer,
  { serverPid, serverStart, paneId, panePid }: TmuxHandle,
): Promise<string[]> {
  const { server: found, panes } = await server.listPanes();
  if (found?.pid !== serverPid || found.startTime !== serverStart) return [];
  return panes
    .filter((pane) => pane.paneId === paneId && pane.panePid === panePid)
    .map(({ sessionId }) => sessionId);
}

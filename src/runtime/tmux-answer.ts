import { TmuxError, type Pane, type TmuxServer } from 'tmux-js-bridge';
import type { TmuxHandle } from './tmux-handle.js';
import { explainOtherServer, explainOutage } from './tmux-outage.js';

/** What a server's answer to the one query comes to: its panes, by their ids, or why it could not be asked. */
export type TmuxAnswer =
  { type: 'panes'; panes: ReadonlyMap<string, Pane> } | { type: 'outage'; message: string };

/** Asks for every pane of the very server that a handle is of; another one in its place is an outage. */
export async function askForPanes(
  server: TmuxServer,
  handle: TmuxHandle,
  options: { signal: AbortSignal },
): Promise<TmuxAnswer> {
  try {
    const { server: found, panes } = await server.listPanes(options);
    if (found?.pid !== handle.serverPid || found.startTime !== handle.serverStart) {
      return { type: 'outage', message: explainOtherServer(handle.socket, handle) };
    }
    return { type: 'panes', panes: new Map(panes.map((pane) => [pane.paneId, pane])) };
  } catch (error) {
    if (error instanceof TmuxError) return { type: 'outage', message: explainOutage(error, handle) };
    throw error;
  }
}

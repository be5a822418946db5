import { NoServerError, NoSocketError, NotInstalledError, TmuxError, type TmuxServer } from 'tmux-js-bridge';
import type { Finding } from './finding.js';

/** Whether tmux is there, and its server, if one runs, can be asked. */
export async function diagnoseTmux(server: TmuxServer): Promise<Finding> {
  const subject = 'tmux';
  try {
    const { panes } = await server.listPanes();
    return { subject, state: 'ok', message: `${panes.length} panes on ${server.socketPath}` };
  } catch (error) {
    if (error instanceof NoServerError || error instanceof NoSocketError) {
      return { subject, state: 'ok', message: `no server on ${server.socketPath} yet: spawn starts one` };
    }
    if (error instanceof NotInstalledError) {
      const cure = 'install tmux, or spawn with --runtime process';
      return { subject, state: 'broken', message: 'there is no tmux on PATH', cure };
    }
    if (!(error instanceof TmuxError)) throw error;
    const cure = 'name another server with --tmux-socket';
    return { subject, state: 'broken', message: `${server.socketPath}: ${error.message}`, cure };
  }
}

import {
  NoServerError,
  NoSocketError,
  NotInstalledError,
  RefusedError,
  TimedOutError,
  type TmuxError,
} from 'tmux-js-bridge';
import { checkProcess } from '../process/check-process.js';
import { serverProcess, type TmuxHandle } from './tmux-handle.js';

/** Why a server could not be asked about its panes, in one line with the cure. */
export function explainOutage(error: TmuxError, handle: TmuxHandle): string {
  const { socket, serverPid: pid } = handle;
  const lives = checkProcess(serverProcess(handle)).state === 'alive';
  if (error instanceof NoSocketError && lives) {
    return `the socket ${socket} is gone while its tmux server lives: kill -USR1 ${pid} makes it anew`;
  }
  if (error instanceof NoServerError || error instanceof NoSocketError) {
    return lives
      ? `the tmux server ${pid} lives but does not listen on ${socket}: kill -USR1 ${pid} makes the socket anew`
      : `the tmux server ${pid} on ${socket} is gone: end what it left behind with vitals kill`;
  }
  if (error instanceof RefusedError) {
    return `the tmux server on ${socket} refuses this user: run vitals as the user who started it (${error.stderr})`;
  }
  if (error instanceof TimedOutError) {
    return `the tmux server ${pid} on ${socket} does not answer: if it is stopped, kill -CONT ${pid} wakes it`;
  }
  if (error instanceof NotInstalledError) return 'there is no tmux on PATH: install it to see these sessions';
  return `the tmux server on ${socket} can't be asked: ${error.message}`;
}

/** Why another server's answer says nothing of ours. */
export const explainOtherServer = (socket: string, { serverPid }: TmuxHandle): string =>
  `another tmux server answers on ${socket}; the server ${serverPid} of these sessions is gone: ` +
  'end what it left behind with vitals kill';

/** One life of a tmux server. `startTime` is epoch seconds, tmux's `#{start_time}`; `socketPath` is absolute. */
export interface ServerIdentity {
  socketPath: string;
  pid: number;
  startTime: number;
}

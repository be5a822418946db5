import { TmuxError, type TmuxErrorOptions } from './tmux-error.js';

/**
 * A run had no answer over the socket: it was not sent at all, the connection was lost, or what came is not known. It
 * stays inside the bridge, which finds out what that means.
 */
export class SocketFailure extends TmuxError {
  readonly type: 'not_sent' | 'lost' | 'surprise';

  constructor(problem: string, { type, ...options }: TmuxErrorOptions & Pick<SocketFailure, 'type'>) {
    super(problem, options);
    this.type = type;
  }
}

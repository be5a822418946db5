import { TmuxError, type TmuxErrorOptions } from './tmux-error.js';

/** The socket is there and nobody listens, or the server ended while it was asked. */
export class NoServerError extends TmuxError {}

/** There is no socket at that path. */
export class NoSocketError extends TmuxError {}

/** The server or the system said no: permissions, limits, a pane that takes no input. */
export class RefusedError extends TmuxError {}

/** No answer in time. The tmux client was killed; the server may still do what it was asked. */
export class TimedOutError extends TmuxError {}

/** The server answered, and has no such pane, window or session. */
export class NotFoundError extends TmuxError {}

/** A session of that name exists already. */
export class NameTakenError extends TmuxError {}

/** The tmux program is not there. */
export class NotInstalledError extends TmuxError {}

/** The command line is over what tmux accepts (about 16,000 bytes, its environment options included). */
export class CommandTooLongError extends TmuxError {}

/** What was asked for can't be said to tmux safely; nothing was run unless tmux found out itself. */
export class InvalidArgumentError extends TmuxError {}

/** tmux answered in a form that is not known. */
export class UnexpectedReplyError extends TmuxError {}

/** The socket is served by another life of the server; nothing was done. */
export class OtherServerError extends TmuxError {
  readonly expected: { pid: number; startTime: number };
  readonly actual: { pid: number; startTime: number };

  constructor({
    expected,
    actual,
    ...options
  }: TmuxErrorOptions & Pick<OtherServerError, 'expected' | 'actual'>) {
    const name = (server: typeof expected) => `${server.pid} (started ${server.startTime})`;
    super(`the server is ${name(actual)}, not ${name(expected)}`, options);
    this.expected = expected;
    this.actual = actual;
  }
}

/** What one command printed: a block between `%begin` and its `%end` or `%error`. Source: tmux(1), CONTROL MODE. */
export interface ControlReply {
  type: 'reply';
  /** A line on the client's stdin was the cause, not the client's arguments or a hook. */
  isAnswer: boolean;
  isError: boolean;
  /** Each line ends in a newline, as on the stdout of a tmux process. */
  text: string;
}

/** Something happened on the server: `name` is tmux's word without its `%`, `text` what follows it on the line. */
export interface ControlNotification {
  type: 'notification';
  name: string;
  text: string;
}

/** What a control client is told, in order. */
export type ControlMessage = ControlReply | ControlNotification;

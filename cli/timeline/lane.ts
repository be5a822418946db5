import type { Status } from '../../index.js';

/** A time in which a session had one status. Times are epoch milliseconds. */
export interface Span {
  status: Status;
  from: number;
  to: number;
}

/** What stands out in a session's life: it began to wait for a person, or it ended. */
export interface Mark {
  type: 'wait' | 'death' | 'end';
  at: number;
  text: string;
}

/** A session's life. */
export interface Lane {
  key: string;
  spans: readonly Span[];
  marks: readonly Mark[];
}

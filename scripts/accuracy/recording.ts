/** What the other monitor called a session. */
export type Label = 'ready' | 'working' | 'waiting';

export const LABELS: readonly Label[] = ['ready', 'working', 'waiting'];

/** A stretch with one label; times are epoch milliseconds. */
export interface LabelSpan {
  label: Label;
  /** It is the one that each session is born with, whatever it does: `ready`. */
  isFirst: boolean;
  fromMs: number;
  toMs: number;
}

/** Up to which byte a transcript had been written at a moment. */
export interface Growth {
  atMs: number;
  size: number;
}

/** One recorded session, as it can be replayed. */
export interface Recording {
  /** Relative to the folder that was given. */
  name: string;
  /** The name that records have in `agent`. */
  agent: string;
  sessionId: string;
  workspacePath: string;
  /** When the session was first heard of. */
  beganMs: number;
  transcript: Buffer;
  growth: Growth[];
  hooks: { atMs: number; name: string }[];
  labels: LabelSpan[];
  /** The moments at which the label changed, as they were told. */
  changesMs: number[];
}
